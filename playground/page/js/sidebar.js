/** The coloured left: a rail with the acting person at its foot, and the list of channels, people and apps. */

import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPeople } from "./people.js";
import { openTools } from "./tools.js";
import { channelTitle, emit, isBotChat, nameOf, on, person, store } from "./store.js";

const byName = (a, b) => a.name.localeCompare(b.name);

/** Keep both drawn. */
export function startSidebar() {
  for (const topic of ["state", "channel", "online"]) on(topic, draw);
}

function draw() {
  if (!store.state) return;
  drawRail();
  drawList();
}

function railButton(name, label, click, current = false) {
  return h(
    "button.rail-button",
    { type: "button", "aria-label": label, title: label, "aria-current": current ? "page" : undefined, on: { click } },
    h("span.rail-icon", {}, icon(name)),
  );
}

function drawRail() {
  const { state } = store;
  const here = store.state.channels.find((one) => one.id === store.channel);
  const atBot = isBotChat(here);
  const general = state.channels.find((one) => !one.is_im && !one.is_archived);
  const me = h(
    "button.me",
    {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-label": `You act as ${nameOf(store.as)}. Switch person`,
      title: `You act as ${nameOf(store.as)}`,
      on: { click: (event) => openPeople(event.currentTarget) },
    },
    avatar(store.as, "medium"),
    h("span.presence.on"),
  );
  fill(
    document.getElementById("rail"),
    h("div.tile", { "aria-hidden": "true" }, [...(state.team?.name ?? "P")][0].toUpperCase()),
    railButton("chat", "Channels", () => emit("open-channel", general?.id), !here?.is_im),
    railButton("bolt", state.bot.name, () => emit("open-dm", state.bot.user_id), atBot),
    h("span.grow"),
    railButton("flask", "Playground", (event) => openTools(event.currentTarget)),
    me,
  );
}

function drawList() {
  const { state } = store;
  const rooms = state.channels.filter((one) => !one.is_im && !one.is_archived).sort(byName);
  const chats = state.channels.filter((one) => one.is_im && !isBotChat(one));
  const add = h(
    "button.nav-item.add",
    { type: "button", on: { click: (event) => openPeople(event.currentTarget, { toMessage: true }) } },
    h("span.nav-icon", {}, icon("plus")),
    "Message somebody",
  );
  fill(
    document.getElementById("sidebar"),
    head(),
    h(
      "div.nav",
      {},
      group("Channels", rooms.map(item)),
      group("Direct messages", [...chats.map(item), add]),
      group("Apps", [botItem()]),
    ),
  );
}

function head() {
  const { team, bot } = store.state;
  const words = !store.online ? "Reconnecting…" : bot.connected ? `${bot.name} is connected` : `${bot.name} is not connected`;
  const tone = store.online && bot.connected ? "on" : "off";
  return h(
    "div.side-head",
    {},
    h("h1", {}, team?.name ?? "Playground"),
    h("div.bot-state", { class: tone, role: "status" }, h("span.dot"), words),
  );
}

function group(title, items) {
  return h("section.nav-group", { "aria-label": title }, h("h2", {}, title), h("div", {}, items));
}

function item(one) {
  const mark = one.is_im ? avatar(one.user, "tiny") : icon(one.is_private ? "lock" : "hash");
  const gone = one.is_im && person(one.user)?.deleted;
  return navButton(one, [h("span.nav-icon", {}, mark), h("span.nav-name", {}, one.is_im ? channelTitle(one) : one.name), gone && h("span.nav-note", {}, "left")]);
}

function navButton(one, children) {
  const unread = one.unread && one.id !== store.channel ? one.unread : 0;
  return h(
    "button.nav-item",
    {
      type: "button",
      class: unread ? "unread" : "",
      "aria-current": one.id === store.channel ? "page" : undefined,
      "aria-label": unread ? `${one.is_im ? channelTitle(one) : one.name}, ${unread} unread` : undefined,
      on: { click: () => emit("open-channel", one.id) },
    },
    children,
    unread > 0 && h("span.badge", { "aria-hidden": "true" }, unread > 99 ? "99+" : unread),
  );
}

function botItem() {
  const { bot, channels } = store.state;
  const chat = channels.find(isBotChat);
  const inside = [
    h("span.nav-icon", {}, avatar(bot.user_id, "tiny")),
    h("span.nav-name", {}, bot.name),
    h("span.presence", { class: bot.connected ? "on" : "" }),
  ];
  if (chat) return navButton(chat, inside);
  return h("button.nav-item", { type: "button", on: { click: () => emit("open-dm", bot.user_id) } }, inside);
}
