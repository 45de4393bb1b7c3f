/** Draws what a message may point at: people, channels, groups, broadcasts, dates and emoji. */

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, emit, nameOf, person, store } from "./store.js";

/** @id of a person, as a button that opens the direct message. */
export function personMention(id, label) {
  const known = person(id);
  const text = `@${known ? nameOf(id) : label || id}${known?.deleted ? " (deactivated)" : ""}`;
  const mine = id === store.as ? " mine" : "";
  if (!known) return h("span.mention", {}, text);
  return h("button.mention", { type: "button", class: mine, on: { click: () => emit("open-dm", id) } }, text);
}

/** #channel, as a button that goes there. */
export function channelMention(id, label) {
  const known = channel(id);
  const name = known?.name || label || id;
  if (!known) return h("span.mention.unknown", {}, `#${name}`);
  const text = `#${name}${known.is_archived ? " (archived)" : ""}`;
  return h("button.mention", { type: "button", on: { click: () => emit("open-channel", id) } }, text);
}

/** @handle of a user group. */
export function groupMention(id, label) {
  const known = store.state?.usergroups?.find((one) => one.id === id);
  const handle = known?.handle || (label ?? "").replace(/^@/, "") || id;
  return h("span.mention.group", { title: known?.name }, `@${handle}`);
}

/** @here, @channel, @everyone. */
export function broadcast(range) {
  return h("span.mention.broadcast", {}, `@${range}`);
}

/** An emoji, or its shortcode when it has no character here. */
export function emojiNode(name, unicode) {
  let character = emoji(name);
  if (!character && unicode && /^[0-9a-f-]+$/i.test(unicode)) {
    character = String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)));
  }
  if (!character) return document.createTextNode(`:${name}:`);
  return h("span.emoji", { role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, character);
}

const DAY = 86400000;
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** "Today", "Yesterday" or the day written out. @param {Date} date */
export function dayName(date, options = { weekday: "long", month: "long", day: "numeric" }) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / DAY);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days === -1) return "Tomorrow";
  return date.toLocaleDateString("en-US", options);
}

/** As within a sentence: "today". */
const pretty = (date, options) => dayName(date, options).replace(/^(To|Yes)/, (start) => start.toLowerCase());

/** "9:41 AM". @param {Date} date */
export const clock = (date) => date.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });

const FORMATS = {
  date: (d) => d.toLocaleDateString("en-US", { dateStyle: "long" }),
  date_num: (d) => d.toISOString().slice(0, 10),
  date_slash: (d) => d.toLocaleDateString("en-US"),
  date_long: (d) => d.toLocaleDateString("en-US", { dateStyle: "full" }),
  date_short: (d) => d.toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" }),
  date_pretty: (d) => pretty(d, { dateStyle: "long" }),
  date_short_pretty: (d) => pretty(d, { month: "short", day: "numeric", year: "numeric" }),
  date_long_pretty: (d) => pretty(d, { dateStyle: "full" }),
  day_divider_pretty: (d) => dayName(d),
  time: clock,
  time_secs: (d) => d.toLocaleTimeString("en-US"),
  ago: (d) => ago((Date.now() - d.getTime()) / 1000),
};

function ago(seconds) {
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];
  const words = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return words.format(-Math.round(seconds / size), unit);
  }
  return "just now";
}

/** A date in the reader's own time zone: the tokens of Slack's `<!date^…>` filled in. */
export function dateNode(timestamp, format, url, fallback) {
  const date = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(date.getTime())) return document.createTextNode(fallback ?? "");
  const text = String(format).replace(/\{(\w+)\}/g, (whole, token) => FORMATS[token]?.(date) ?? whole);
  const node = h("time", { datetime: date.toISOString(), title: date.toLocaleString("en-US") }, text);
  return url ? link(url, [node]) : node;
}
