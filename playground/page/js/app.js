/** Starts the page and joins its parts: what the server tells goes into the store, and the parts redraw. */

import * as api from "./api.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { startFeed } from "./feed.js";
import { header } from "./header.js";
import { homeChanged, homeTab } from "./home.js";
import { addLast, messageList, redraw, redrawOne } from "./messages.js";
import { viewClosed, viewOpened, viewUpdated } from "./modal.js";
import { startSidebar } from "./sidebar.js";
import { promptRow, promptsChanged } from "./prompts.js";
import { closeSide } from "./side.js";
import { channel, channelTitle, drop, emit, isBotChat, keep, on, store, writeAddress } from "./store.js";
import { drawThread, openThread } from "./thread.js";
import { toast } from "./toast.js";

const pane = document.getElementById("pane");
const desk = document.getElementById("desk");

/** Whether something arrived in the open channel that the server does not yet know to be read. */
let unmarked = false;

/** Fetching a channel's messages is what marks them as read. */
async function markRead() {
  if (!unmarked) return;
  unmarked = false;
  await api.fetchMessages(store.channel);
}

async function loadState() {
  await markRead();
  const state = await api.fetchState();
  if (!state.channels) {
    if (store.state) return false;
    fill(pane, h("div.empty", {}, h("h3", {}, "The playground does not answer"), h("p.muted", {}, state.error ?? "")));
    return false;
  }
  state.people = state.people.map((one) => ({ ...one, title: one.title ?? one.profile?.title ?? "" }));
  store.state = state;
  store.as = typeof state.me === "string" ? state.me : (state.me?.id ?? store.as);
  document.title = `${state.team?.name ?? "Playground"} · playground`;
  emit("state");
  return true;
}

/** The first line of a new person's composer shows what may be said. */
function placeholder(where) {
  const command = store.state.commands?.[0]?.command;
  const seen = sessionStorage.getItem("sent");
  if (command && !seen) return `Try ${command} who owns payments`;
  return `Message ${channelTitle(where)}`;
}

async function openChannel(id, tab = "messages") {
  const where = channel(id);
  if (!where) return;
  if (id !== store.channel) {
    closeSide();
    await markRead();
  }
  store.channel = id;
  store.tab = tab;
  where.unread = 0;
  writeAddress();
  hideSidebar();
  emit("channel");
  const reply = await api.fetchMessages(id);
  if (store.channel !== id || store.tab !== tab) return;
  if (reply.messages) store.messages.set(id, reply.messages);
  drawPane(where);
}

/** Why the acting person cannot write here, or "". */
function whyClosed(where) {
  const title = channelTitle(where);
  if (where.is_archived) return `${title} is archived: it can be read, and nobody can write to it.`;
  if (Array.isArray(where.members) && !where.members.includes(store.as)) return `You are looking at ${title}. Only its members write here.`;
  return "";
}

function drawPane(where) {
  const title = channelTitle(where);
  if (isBotChat(where) && store.tab === "home") return fill(pane, header(where), homeTab());
  const list = messageList(where);
  const closed = whyClosed(where);
  const foot = closed
    ? h("div.archived", {}, closed)
    : composer({ label: `Message ${title}`, placeholder: placeholder(where), channel: where.id });
  fill(pane, header(where), list, closed ? null : promptRow(where), foot);
  list.scrollTo(0, list.scrollHeight);
  if (matchMedia("(min-width: 720px)").matches) foot.querySelector?.("textarea")?.focus();
  return pane;
}

async function openDm(user) {
  const known = store.state.channels.find((one) => one.is_im && one.user === user);
  if (known) return openChannel(known.id);
  const reply = await api.openDm(user);
  if (reply.ok === false) return toast(reply.error ?? "No direct message could be opened", "error");
  await loadState();
  return openChannel(typeof reply.channel === "string" ? reply.channel : reply.channel.id);
}

/** What the feed tells, by its type. */
const NOTES = {
  message: ({ channel: id, message }) => arrived(id, message),
  message_changed: ({ channel: id, message }) => {
    keep(id, message);
    if (id === store.channel) redrawOne(channel(id), message.ts);
    drawThread();
  },
  message_deleted: ({ channel: id, ts }) => {
    drop(id, ts);
    if (id === store.channel && store.tab === "messages") redraw(channel(id));
    drawThread();
  },
  channel: async () => {
    await loadState();
    refreshHeader();
  },
  home: ({ view }) => homeChanged(view),
  view_open: ({ view }) => viewOpened(view),
  view_update: ({ view }) => viewUpdated(view),
  view_close: ({ view_id: id }) => viewClosed(id),
  bot: (note) => {
    Object.assign(store.state.bot, { connected: note.connected ?? store.state.bot.connected });
    emit("state");
  },
  toast: ({ text, tone }) => toast(text, tone),
  prompts: ({ channel: id, prompts }) => promptsChanged(id, prompts),
  typing: () => {},
};

function arrived(id, message) {
  const where = channel(id);
  if (!where) return void NOTES.channel();
  keep(id, message);
  if (id === store.channel) {
    unmarked = true;
    if (store.tab === "messages") addLast(where, message, message.user === store.as);
    return drawThread();
  }
  if (message.user !== store.as) where.unread = (where.unread ?? 0) + 1;
  return emit("state");
}

function refreshHeader() {
  const where = channel(store.channel);
  if (where) pane.querySelector(".head")?.replaceWith(header(where));
}

async function again() {
  if (!(await loadState())) return;
  const reply = await api.fetchMessages(store.channel);
  if (reply.messages) store.messages.set(store.channel, reply.messages);
  const where = channel(store.channel);
  refreshHeader();
  if (where && store.tab === "messages") redraw(where);
  drawThread();
}

function hideSidebar() {
  desk.classList.remove("with-sidebar");
  document.getElementById("scrim").hidden = true;
}

on("open-channel", (id) => openChannel(id));
on("open-dm", openDm);
on("open-tab", (tab) => openChannel(store.channel, tab));
on("open-thread", openThread);
on("show-sidebar", () => {
  desk.classList.add("with-sidebar");
  document.getElementById("scrim").hidden = false;
});
document.getElementById("scrim").addEventListener("click", hideSidebar);

async function start() {
  startSidebar();
  if (!(await loadState())) return;
  const asked = decodeURIComponent(location.hash.slice(1));
  const { channels } = store.state;
  const first = channel(asked) ?? channels.find((one) => one.name === "general") ?? channels.find((one) => !one.is_archived);
  for (const view of store.state.views ?? []) viewOpened(view);
  startFeed((note) => NOTES[note.type]?.(note), again);
  if (first) await openChannel(first.id);
}

start();
