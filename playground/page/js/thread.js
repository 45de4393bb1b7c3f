/** The thread pane: the root, its replies, and a field for the next one. */

import { composer } from "./composer.js";
import { append, fill, h } from "./dom.js";
import { continues, messageNode } from "./message.js";
import { closeSide, openSide, sideKind } from "./side.js";
import { channel, channelTitle, on, store } from "./store.js";

/** @type {HTMLElement | null} */
let list = null;

/** Open the thread under `ts` in the open channel. */
export function openThread(ts) {
  const where = channel(store.channel);
  store.thread = ts;
  list = h("div.thread-log", { role: "log", "aria-label": "Thread" });
  const field = composer({ label: "Reply in thread", placeholder: "Reply…", channel: where.id, thread: ts });
  openSide("thread", "Thread", [list, field], channelTitle(where));
  drawThread(true);
  field.querySelector("textarea").focus();
}

/** Draw root and replies anew. */
export function drawThread(toEnd = false) {
  if (!store.thread || sideKind() !== "thread" || !list) return;
  const all = store.messages.get(store.channel) ?? [];
  const root = all.find((one) => one.ts === store.thread);
  if (!root) return void closeSide();
  const replies = all.filter((one) => one.thread_ts === store.thread && one.ts !== store.thread);
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  fill(list, messageNode(store.channel, root, { inThread: true }), count(replies.length));
  append(list, replies.map((one, at) => messageNode(store.channel, one, { compact: at > 0 && continues(replies[at - 1], one), inThread: true })));
  if (near || toEnd) list.scrollTo(0, list.scrollHeight);
}

function count(number) {
  const words = number === 0 ? "No replies yet" : `${number} ${number === 1 ? "reply" : "replies"}`;
  return h("div.thread-count", {}, h("span", {}, words));
}

on("side-closed", (was) => {
  if (was === "thread") store.thread = null;
});
