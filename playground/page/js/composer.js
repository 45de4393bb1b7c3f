/** The field at the foot: Enter sends, Shift+Enter breaks the line, Up brings back what was sent last. */

import * as api from "./api.js";
import { autocomplete } from "./autocomplete.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./popover.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

const KEPT = 50;
const MARKED = /(^|[\s(])([@#][\p{L}\p{N}._-]*[\p{L}\p{N}_-])|(^\/\S+)/gu;

/** What this tab sent, newest last. */
const sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
/** @type {Map<string, string>} Unsent words by place. */
const drafts = new Map();

function rememberSent(text) {
  if (sent.at(-1) !== text) sent.push(text);
  sent.splice(0, sent.length - KEPT);
  sessionStorage.setItem("sent", JSON.stringify(sent));
}

/** Whether `word` names a person, a group, a channel or a command. */
function isKnown(word) {
  const { people, usergroups = [], channels, commands = [] } = store.state;
  const name = word.slice(1);
  if (word[0] === "/") return commands.some((one) => one.command === word);
  if (word[0] === "#") return channels.some((one) => one.name === name);
  return [...people.map((one) => one.name), ...usergroups.map((one) => one.handle), store.state.bot.name].includes(name);
}

/** The same words as in the field, with the known names marked; it lies under the field's transparent text. */
function mirror(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    const word = match[2] ?? match[3];
    if (!isKnown(word)) continue;
    const start = match.index + (match[1]?.length ?? 0);
    nodes.push(text.slice(from, start), h("mark", { class: word[0] === "/" ? "command" : "" }, word));
    from = start + word.length;
  }
  return [...nodes, text.slice(from), "\u200b"];
}

/**
 * @param {object} setup
 * @param {string} setup.label The field's name, such as "Message #general".
 * @param {string} setup.placeholder
 * @param {string} setup.channel
 * @param {string} [setup.thread] The ts of the thread's root.
 */
export function composer({ label, placeholder, channel, thread }) {
  const key = `${channel}/${thread ?? ""}`;
  const shadow = h("div.composer-mirror", { "aria-hidden": "true" });
  const field = h("textarea.composer-field", { "aria-label": label, placeholder, rows: 1, spellcheck: "false", autocomplete: "off" });
  const note = h("div.composer-note", { role: "alert" });
  const send = h("button.send", { type: "submit", "aria-label": "Send", title: "Send" }, icon("send"));
  const box = h("div.composer-box");
  const form = h("form.composer", {}, box, note);
  box.append(h("div.composer-grow", {}, shadow, field), footer(field, send));
  const takes = autocomplete(field, box);
  const paint = () => {
    fill(shadow, mirror(field.value));
    send.disabled = !field.value.trim();
    drafts.set(key, field.value);
  };
  const set = (text) => {
    field.value = text;
    paint();
  };
  const submit = async () => {
    const text = field.value.trim();
    if (!text) return;
    fill(note);
    if (thread && /^\/\S/.test(text)) return void fill(note, `${text.split(/\s/)[0]} is not supported in threads. Sorry!`);
    rememberSent(text);
    set("");
    const reply = await api.say(channel, text, thread);
    if (reply.ok === false) {
      fill(note, reply.error ?? "This could not be sent.");
      if (!field.value) set(text);
    }
  };
  field.addEventListener("input", paint);
  field.addEventListener("keydown", (event) => takes(event) || keyDown(event, field, set, submit));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  set(drafts.get(key) ?? "");
  return form;
}

function keyDown(event, field, set, submit) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") recall(event, field, set);
}

/** Up and Down walk through what was sent, as long as the field holds nothing else. */
function recall(event, field, set) {
  const at = field.value === "" ? sent.length : sent.lastIndexOf(field.value);
  if (at < 0 || (field.value === "" && event.key === "ArrowDown")) return;
  const next = at + (event.key === "ArrowUp" ? -1 : 1);
  if (next < 0) return;
  event.preventDefault();
  set(sent[next] ?? "");
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Buttons that type the sign which opens a list of suggestions. */
function footer(field, send) {
  const type = (sign) => () => {
    const before = field.value.slice(0, field.selectionStart);
    if (sign === "/") field.value = "/";
    else field.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}${sign}`, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const tool = (name, label, sign) => h("button.composer-tool", { type: "button", "aria-label": label, title: label, on: { click: type(sign) } }, icon(name));
  return h(
    "div.composer-foot",
    {},
    tool("slash", "Slash command", "/"),
    tool("at", "Mention somebody", "@"),
    tool("hash", "Name a channel", "#"),
    shortcuts(),
    h("span.composer-hint", {}, h("kbd", {}, "Enter"), " to send"),
    h("span.grow"),
    send,
  );
}

/** The app's global shortcuts, when it has any. */
function shortcuts() {
  const found = (store.state.shortcuts ?? []).filter((one) => one.type === "global");
  if (!found.length) return null;
  const run = (one) => async () => {
    const reply = await api.runShortcut(one.callback_id);
    if (reply.ok === false) toast(reply.error ?? "The shortcut failed", "error");
  };
  const open = (event) => openMenu(event.currentTarget, found.map((one) => ({ label: one.name, run: run(one) })), "Shortcuts");
  return h("button.composer-tool", { type: "button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", on: { click: open } }, icon("bolt"));
}
