/** The top of a channel: its name, topic and members; in the bot's direct message the tabs Home and Messages. */

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { openPopover } from "./popover.js";
import { channelTitle, emit, isBotChat, nameOf, person, store } from "./store.js";

/** @param {import("./store.js").Channel} channel @returns {HTMLElement} */
export function header(channel) {
  const menu = h("button.icon-button.burger", { type: "button", "aria-label": "Show channels", on: { click: () => emit("show-sidebar") } }, icon("menu"));
  const title = channelTitle(channel);
  const sign = channel.is_im ? avatar(channel.user, "small") : h("span.head-sign", {}, icon(channel.is_private ? "lock" : "hash"));
  const name = h("h2.head-name", { "aria-label": title }, sign, h("span", {}, channel.is_im ? title : channel.name));
  if (channel.is_im && person(channel.user)?.is_bot) name.append(h("span.app-badge", {}, "APP"));
  const note = channel.is_im ? person(channel.user)?.title : channel.topic;
  const top = h("div.head-top", {}, menu, name, note && topic(note), h("span.grow"), members(channel));
  return h("header.head", {}, top, isBotChat(channel) && tabs());
}

function topic(text) {
  const node = mrkdwn(text, "topic");
  node.title = text;
  return node;
}

function members(channel) {
  if (channel.is_im) return null;
  const list = Array.isArray(channel.members) ? channel.members : [];
  const count = Array.isArray(channel.members) ? list.length : (channel.members ?? 0);
  const faces = list.filter((id) => !person(id)?.is_bot).slice(0, 3);
  const label = `${count} member${count === 1 ? "" : "s"}`;
  const rows = () =>
    list.map((id) => h("div.person-row.flat", {}, avatar(id, "small"), h("span.person-words", {}, h("span.person-name", {}, nameOf(id)), h("span.muted.small", {}, person(id)?.title ?? ""))));
  const click = (event) =>
    openPopover(event.currentTarget, [h("h2.popover-title", {}, label), h("div.people", {}, rows())], { classes: "people-panel", role: "dialog", label });
  return h(
    "button.members",
    { type: "button", "aria-label": label, title: label, disabled: !list.length, on: { click } },
    h("span.faces", {}, faces.map((id) => avatar(id, "tiny"))),
    h("span", {}, count),
  );
}

function tabs() {
  const tab = (id, label, sign) =>
    h(
      "button.tab",
      { type: "button", role: "tab", "aria-selected": String(store.tab === id), on: { click: () => emit("open-tab", id) } },
      icon(sign),
      label,
    );
  const json =
    store.tab === "home" &&
    h("button.icon-button", { type: "button", "aria-label": "View JSON", title: "View JSON", on: { click: () => emit("show-home-json") } }, icon("code"));
  return h("div.tabs", { role: "tablist", "aria-label": "Views of the app" }, tab("home", "Home", "home"), tab("messages", "Messages", "chat"), h("span.grow"), json);
}
