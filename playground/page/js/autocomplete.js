/** Offers commands after "/", people after "@", channels after "#" and emoji after ":" while somebody types. */

import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { icon } from "./icons.js";
import { nameOf, SLACKBOT, store } from "./store.js";

/** @typedef {{insert: string, mark: Node | string, label: string, note?: string}} Offer */

const MOST = 8;

/** Order by how well `query` fits: at the start of a word first. */
function best(rows, query, wordsOf) {
  const wanted = query.toLowerCase();
  const rank = (row) => {
    const words = wordsOf(row).toLowerCase();
    if (words.startsWith(wanted)) return 0;
    if (words.split(/[\s._-]+/).some((word) => word.startsWith(wanted))) return 1;
    return words.includes(wanted) ? 2 : 9;
  };
  return rows
    .map((row) => [rank(row), row])
    .filter(([at]) => at < 9)
    .sort((a, b) => a[0] - b[0])
    .slice(0, MOST)
    .map(([, row]) => row);
}

const SOURCES = {
  "/": (query) =>
    best(store.state.commands ?? [], `/${query}`, (one) => one.command).map((one) => ({
      insert: `${one.command} `,
      mark: avatar(store.state.bot.user_id, "small"),
      label: `${one.command}${one.usage_hint ? `  ${one.usage_hint}` : ""}`,
      note: one.description,
    })),
  "@": (query) => [
    ...best(store.state.people.filter((one) => !one.deleted && one.id !== SLACKBOT), query, (one) => `${one.name} ${one.real_name}`).map((one) => ({
      insert: `@${one.name} `,
      mark: avatar(one.id, "small"),
      label: nameOf(one.id),
      note: `@${one.name}`,
    })),
    ...best(store.state.usergroups ?? [], query, (one) => one.handle).map((one) => ({
      insert: `@${one.handle} `,
      mark: icon("people"),
      label: `@${one.handle}`,
      note: one.name,
    })),
  ],
  "#": (query) =>
    best(store.state.channels.filter((one) => !one.is_im && !one.is_archived), query, (one) => one.name).map((one) => ({
      insert: `#${one.name} `,
      mark: icon(one.is_private ? "lock" : "hash"),
      label: one.name,
      note: one.topic,
    })),
  ":": (query) =>
    query.length < 2
      ? []
      : best([...EMOJI.keys()], query, (one) => one).map((one) => ({ insert: `:${one}: `, mark: EMOJI.get(one), label: `:${one}:` })),
};

/** What stands before the caret that asks for an offer, or null. */
function asked(text) {
  const command = /^\/(\S*)$/.exec(text);
  if (command) return { sign: "/", query: command[1], from: 0 };
  const found = /(?:^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(text);
  return found && { sign: found[1], query: found[2], from: text.length - found[2].length - 1 };
}

let serial = 0;

/**
 * Watch `field`.
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} place Where the list is shown.
 * @returns {(event: KeyboardEvent) => boolean} Takes a key; true when it was meant for the list.
 */
export function autocomplete(field, place) {
  const id = `offers-${(serial += 1)}`;
  const list = h("div.offers", { role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  place.append(list);
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");
  /** @type {{offers: Offer[], from: number, active: number}} */
  const now = { offers: [], from: 0, active: 0 };

  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const accept = (offer) => {
    field.setRangeText(offer.insert, now.from, field.selectionStart, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  };
  const draw = () => {
    fill(list, now.offers.map((offer, at) => row(offer, `${id}-${at}`, at === now.active, () => accept(offer))));
    list.hidden = false;
    field.setAttribute("aria-activedescendant", `${id}-${now.active}`);
    list.children[now.active]?.scrollIntoView({ block: "nearest" });
  };
  const look = () => {
    const want = asked(field.value.slice(0, field.selectionStart));
    const offers = want ? SOURCES[want.sign](want.query) : [];
    if (!offers.length) return close();
    Object.assign(now, { offers, from: want.from, active: 0 });
    return draw();
  };
  field.addEventListener("input", look);
  field.addEventListener("blur", close);
  return (event) => !list.hidden && steer(event, now, { field, draw, accept, close });
}

function row(offer, id, active, accept) {
  return h(
    "div.offer",
    {
      role: "option",
      id,
      class: active ? "active" : "",
      "aria-selected": String(active),
      // Not click: the field must keep its focus.
      on: { pointerdown: (event) => (event.preventDefault(), accept()) },
    },
    h("span.offer-mark", {}, offer.mark),
    h("span.offer-label", {}, offer.label),
    offer.note && h("span.offer-note", {}, offer.note),
  );
}

function steer(event, now, { field, draw, accept, close }) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    now.active = (now.active + step + now.offers.length) % now.offers.length;
    draw();
  } else if (event.key === "Escape") close();
  else if (event.key === "Tab") accept(now.offers[now.active]);
  else if (event.key === "Enter" && !event.shiftKey) {
    // What is typed out in full needs no completing: Enter sends it.
    const typed = field.value.slice(now.from, field.selectionStart);
    if (now.offers[now.active].insert.trim() === typed) {
      close();
      return false;
    }
    accept(now.offers[now.active]);
  } else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
