/** Draws one message: face, name, time, words or blocks, and the toolbar that shows on hover. */

import * as api from "./api.js";
import { attachment } from "./attachment.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks/index.js";
import { contextOf } from "./blocks/context.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { clock, dayName } from "./mentions.js";
import { mrkdwn } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { showRaw } from "./rawjson.js";
import { emit, nameOf, person, store } from "./store.js";
import { toast } from "./toast.js";

/** @typedef {import("./store.js").Message} Message */

const GROUP_SECONDS = 300;
const seconds = (message) => Number(message.ts);
const dateOf = (message) => new Date(seconds(message) * 1000);

/** Whether `message` goes on under the same face as the one before it. */
export function continues(before, message) {
  return (
    before !== undefined &&
    authorOf(before) === authorOf(message) &&
    !before.ephemeral &&
    !message.ephemeral &&
    !before.reply_count &&
    seconds(message) - seconds(before) < GROUP_SECONDS
  );
}

const authorOf = (message) => message.user ?? message.bot_id ?? "";

/**
 * @param {string} channelId
 * @param {Message} message
 * @param {{compact?: boolean, inThread?: boolean}} [how]
 */
export function messageNode(channelId, message, { compact = false, inThread = false } = {}) {
  const author = authorOf(message);
  const name = message.username || nameOf(author);
  const time = h("time.time", { datetime: dateOf(message).toISOString(), title: dateOf(message).toLocaleString("en-US") }, clock(dateOf(message)));
  const body = h("div.message-body", {}, compact ? null : byline(message, author, name, time), content(channelId, message));
  if (message.reply_count && !inThread) body.append(replies(message));
  const gutter = compact ? h("div.gutter", {}, time) : h("div.gutter", {}, face(author, message));
  return h(
    "article.message",
    {
      class: `${compact ? "compact" : ""} ${message.ephemeral ? "ephemeral" : ""}`,
      data: { ts: message.ts },
      "aria-label": `${name}, ${clock(dateOf(message))}`,
    },
    message.ephemeral && h("div.only-you", {}, icon("eye"), "Only visible to you"),
    h("div.message-row", {}, gutter, body),
    toolbar(channelId, message, inThread),
  );
}

function face(author, message) {
  const known = person(author);
  if (!known || known.is_bot || message.bot_id) return avatar(author, "medium");
  return h("button.face", { type: "button", "aria-label": `Message ${nameOf(author)}`, on: { click: () => emit("open-dm", author) } }, avatar(author, "medium"));
}

function byline(message, author, name, time) {
  const isApp = Boolean(message.bot_id) || person(author)?.is_bot;
  return h("div.byline", {}, h("span.author", {}, name), isApp && h("span.app-badge", {}, "APP"), time);
}

function content(channelId, message) {
  const edited = message.edited && h("span.edited", { title: "This message was changed" }, "(edited)");
  const parts = h("div.content");
  const container = { type: "message", message_ts: message.ts, channel: channelId };
  // What a person typed carries the signs of mrkdwn in its text; its blocks hold them as plain letters.
  if (message.blocks?.length && !message.client_msg_id) {
    parts.append(blocks(message.blocks, contextOf(container, "message")));
  } else if (message.text) parts.append(mrkdwn(message.text));
  for (const one of message.attachments ?? []) parts.append(attachment(one, container));
  if (edited) parts.append(edited);
  return parts;
}

function replies(message) {
  const count = message.reply_count;
  const last = message.latest_reply ? new Date(Number(message.latest_reply) * 1000) : null;
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id, "tiny"));
  return h(
    "button.replies",
    { type: "button", on: { click: () => emit("open-thread", message.ts) } },
    faces,
    h("span.replies-count", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    last && h("span.muted.small.replies-last", {}, `${dayName(last) === "Today" ? "Today at" : dayName(last)} ${clock(last)}`),
    icon("right", "replies-go"),
  );
}

function tool(name, label, click, menu = false) {
  return h("button.tool", { type: "button", "aria-label": label, title: label, "aria-haspopup": menu && "menu", on: { click } }, icon(name));
}

function toolbar(channelId, message, inThread) {
  const shortcuts = (store.state.shortcuts ?? []).filter((one) => one.type === undefined || one.type === "message");
  const run = (shortcut) => async () => {
    const reply = await api.runShortcut(shortcut.callback_id, { message_ts: message.ts, channel: channelId });
    if (!reply.ok) toast(reply.error ?? "The shortcut failed", "error");
  };
  const more = (event) =>
    openMenu(event.currentTarget, shortcuts.map((one) => ({ label: one.name, run: run(one) })), "Message shortcuts");
  return h(
    "div.toolbar",
    { role: "toolbar", "aria-label": "Message actions" },
    !inThread && !message.ephemeral && tool("reply", "Reply in thread", () => emit("open-thread", message.thread_ts ?? message.ts)),
    shortcuts.length > 0 && !message.ephemeral && tool("more", "More message shortcuts", more, true),
    tool("code", "View JSON", () => showRaw(channelId, message)),
  );
}
