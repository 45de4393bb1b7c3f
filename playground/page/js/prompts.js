/** The questions that the bot suggests above the composer of its direct message: one click sends one. */

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { channel, isBotChat, store } from "./store.js";

/** What was suggested since the page was opened, by conversation: it may come before the conversation is known. */
const latest = new Map();

/** The row of the open conversation; empty where nothing is suggested. */
export function promptRow(where) {
  const row = h("div.prompts", { role: "group", "aria-label": "Suggested prompts" });
  draw(row, where);
  return row;
}

/** The bot suggested something else. */
export function promptsChanged(id, prompts) {
  latest.set(id, prompts);
  const where = channel(id);
  const row = document.querySelector(".prompts");
  if (row && where && id === store.channel) draw(row, where);
}

function draw(row, where) {
  const prompts = isBotChat(where) ? (latest.get(where.id) ?? where.prompts ?? []) : [];
  fill(row, prompts.map((one) => button(where, one)));
}

function button(where, { title, message }) {
  return h("button.prompt", { type: "button", title: message, on: { click: () => api.say(where.id, message) } }, title);
}
