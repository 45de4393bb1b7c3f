/** The list of messages of the open channel; it stays at the foot unless the reader has scrolled up. */

import { append, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./avatar.js";
import { dayName } from "./mentions.js";
import { continues, messageNode } from "./message.js";
import { channelTitle, isBotChat, nameOf, store } from "./store.js";

const NEAR = 120;
const dateOf = (message) => new Date(Number(message.ts) * 1000);

/** Replies stand in their thread; only roots stand in the channel. */
const inChannel = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";

/** @type {HTMLElement | null} */
let log = null;

/** The list's element, drawn for `channel`. */
export function messageList(channel) {
  log = h("div.log", { role: "log", "aria-label": `Messages in ${channelTitle(channel)}`, "aria-live": "polite", tabindex: "0" });
  redraw(channel, true);
  stayAtEnd(log);
  return log;
}

/** A pane that opens beside the list, or a growing composer, must not push the newest message out of sight. */
function stayAtEnd(place) {
  let atEnd = true;
  place.addEventListener("scroll", () => {
    atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR;
  });
  new ResizeObserver(() => atEnd && place.scrollTo(0, place.scrollHeight)).observe(place);
}

/** Draw the list anew. @param {boolean} toEnd Go to the newest whatever the reader looked at. */
export function redraw(channel, toEnd = false) {
  if (!log) return;
  const place = log;
  const near = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR;
  const top = place.scrollTop;
  const shown = (store.messages.get(channel.id) ?? []).filter(inChannel);
  const focused = focusKey(place);
  place.replaceChildren(welcome(channel));
  append(place, rows(channel.id, shown));
  restoreFocus(place, focused);
  if (near || toEnd) requestAnimationFrame(() => place.scrollTo(0, place.scrollHeight));
  else place.scrollTop = top;
}

/** Redraw one message where it stands, so that what surrounds it keeps its focus and selection. */
export function redrawOne(channel, ts) {
  const old = log?.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  const shown = (store.messages.get(channel.id) ?? []).filter(inChannel);
  const at = shown.findIndex((one) => one.ts === ts);
  if (!old || at < 0) return redraw(channel);
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const focused = focusKey(log);
  old.replaceWith(messageNode(channel.id, shown[at], { compact: continues(shown[at - 1], shown[at]) && sameDay(shown[at - 1], shown[at]) }));
  restoreFocus(log, focused);
  if (near) log.scrollTo(0, log.scrollHeight);
  return undefined;
}

const sameDay = (a, b) => a && dateOf(a).toDateString() === dateOf(b).toDateString();

const rows = (channelId, shown) => shown.map((_, at) => row(channelId, shown, at));

/** The message at `at`, after a line with the day where one begins. */
function row(channelId, shown, at) {
  const [before, message] = [shown[at - 1], shown[at]];
  const together = sameDay(before, message);
  const day = dayName(dateOf(message));
  return [
    !together && h("div.day", { role: "separator", "aria-label": day }, h("span", {}, day)),
    messageNode(channelId, message, { compact: together && continues(before, message) }),
  ];
}

/** A message arrived: put it at the end, so that nothing above it loses its focus, its menu or what was typed. */
export function addLast(channel, message, toEnd) {
  if (!log || !inChannel(message)) return;
  const shown = (store.messages.get(channel.id) ?? []).filter(inChannel);
  if (shown.at(-1)?.ts !== message.ts || log.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`)) {
    redraw(channel, toEnd);
    return;
  }
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  append(log, row(channel.id, shown, shown.length - 1));
  if (near || toEnd) log.scrollTo(0, log.scrollHeight);
}

/** Where the focus is, as the message and its n-th focusable thing. */
function focusKey(place) {
  const message = document.activeElement?.closest?.("[data-ts]");
  if (!message || !place.contains(message)) return null;
  return { ts: message.dataset.ts, at: [...message.querySelectorAll("button, input, a")].indexOf(document.activeElement) };
}

function restoreFocus(place, key) {
  if (!key || place.contains(document.activeElement)) return;
  const message = place.querySelector(`[data-ts="${CSS.escape(key.ts)}"]`);
  message?.querySelectorAll("button, input, a")[key.at]?.focus({ preventScroll: true });
}

function welcome(channel) {
  if (channel.is_im) {
    const words = isBotChat(channel)
      ? `This is the very beginning of your conversation with ${nameOf(channel.user)}. Ask it something, or open its Home tab.`
      : `This is the beginning of your direct messages with ${nameOf(channel.user)}.`;
    return h("div.welcome", {}, avatar(channel.user, "large"), h("h3", {}, nameOf(channel.user)), h("p.muted", {}, words));
  }
  return h(
    "div.welcome",
    {},
    h("span.welcome-sign", {}, icon(channel.is_private ? "lock" : "hash")),
    h("h3", {}, `Welcome to #${channel.name}`),
    h("p.muted", {}, channel.purpose || "This is the very beginning of the channel."),
  );
}
