/**
 * What the page knows at the moment, and a bus that tells the parts when it moves.
 * It fetches nothing and draws nothing.
 */

/**
 * @typedef {{id: string, name: string, real_name: string, title?: string, deleted?: boolean, is_bot?: boolean}} Person
 * @typedef {{id: string, name: string, topic?: string, is_private?: boolean, is_archived?: boolean, is_im?: boolean,
 *   user?: string, members?: string[] | number, unread?: number}} Channel
 * @typedef {{ts: string, user?: string, bot_id?: string, text?: string, blocks?: object[], thread_ts?: string,
 *   reply_count?: number, edited?: object, ephemeral?: boolean, pending?: boolean}} Message
 */

/** Slackbot speaks, but nobody writes to it or picks it. */
export const SLACKBOT = "USLACKBOT";

export const store = {
  /** Who the person at the keyboard acts as. */
  as: new URLSearchParams(location.search).get("as") ?? "",
  /** @type {any} What `GET /play/state` said last. */
  state: null,
  /** The open channel's id. */
  channel: "",
  /** "messages" or "home": the tab of the bot's direct message. */
  tab: "messages",
  /** @type {Map<string, Message[]>} Messages by channel, oldest first. */
  messages: new Map(),
  /** @type {string | null} The root of the open thread, in the open channel. */
  thread: null,
  /** @type {object | null} The App Home view. */
  home: null,
  /** @type {object[]} The stack of open modals, the visible one last. */
  views: [],
  /** Whether the feed stands. */
  online: false,
};

const bus = new EventTarget();

/** Tell the parts that `topic` moved. */
export function emit(topic, detail = null) {
  bus.dispatchEvent(new CustomEvent(topic, { detail }));
}

/** Call `listener` with the detail each time that `topic` moves. */
export function on(topic, listener) {
  bus.addEventListener(topic, (event) => listener(event.detail));
}

/** @returns {Person | undefined} */
export function person(id) {
  const found = store.state?.people.find((one) => one.id === id);
  if (found || !store.state?.bot || store.state.bot.user_id !== id) return found;
  return { id, name: store.state.bot.name, real_name: store.state.bot.name, is_bot: true };
}

/** @returns {Channel | undefined} */
export function channel(id) {
  return store.state?.channels.find((one) => one.id === id);
}

/** The name that people read: a person's full name. */
export function nameOf(id) {
  const one = person(id);
  return one ? one.real_name || one.name : id;
}

/** Whether `one` is the direct message with the bot. */
export function isBotChat(one) {
  return Boolean(one?.is_im && one.user === store.state?.bot?.user_id);
}

/** What the channel is called in headings and labels: "#general" or a person's name. */
export function channelTitle(one) {
  if (!one) return "";
  return one.is_im ? nameOf(one.user) : `#${one.name}`;
}

/** Insert or replace a message, keeping the order of time. @param {Message} message */
export function keep(channelId, message) {
  const list = store.messages.get(channelId) ?? [];
  const at = list.findIndex((one) => one.ts === message.ts);
  if (at >= 0) list[at] = { ...list[at], ...message };
  else {
    list.push(message);
    list.sort((a, b) => Number(a.ts) - Number(b.ts));
  }
  store.messages.set(channelId, list);
  return at < 0;
}

/** Forget a message. */
export function drop(channelId, ts) {
  const list = store.messages.get(channelId) ?? [];
  store.messages.set(channelId, list.filter((one) => one.ts !== ts));
}

/** Put the acting person and the open channel into the address, so that a reload and a second tab keep them. */
export function writeAddress() {
  const url = new URL(location.href);
  url.searchParams.set("as", store.as);
  url.hash = store.channel;
  history.replaceState(null, "", url);
}
