/** Draws the selects: static and external, people, channels and conversations, each for one or for many, and overflow. */

import * as api from "../api.js";
import { channelTitle, nameOf, person, SLACKBOT, store } from "../store.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../popover.js";
import { combobox } from "./combobox.js";
import { confirmed } from "./confirm.js";
import { setValue, valueOf } from "./context.js";

const labelOf = (option) => option.text?.text ?? option.value;

/** An option of Block Kit as a choice. */
const choiceOf = (option, group) => ({
  value: option.value,
  label: labelOf(option),
  description: option.description?.text,
  group,
  raw: option,
});

/** Options or groups of options as choices. */
function choices(source) {
  const groups = source.option_groups;
  if (groups) return groups.flatMap((group) => group.options.map((one) => choiceOf(one, group.label?.text ?? "")));
  return (source.options ?? []).map((one) => choiceOf(one));
}

const matching = (all, query) => {
  const words = query.trim().toLowerCase();
  return words ? all.filter((one) => `${one.label} ${one.description ?? ""}`.toLowerCase().includes(words)) : all;
};

const people = () =>
  store.state.people
    .filter((one) => !one.deleted && one.id !== SLACKBOT)
    .map((one) => ({ value: one.id, label: nameOf(one.id), description: one.title, raw: one.id }));

const channels = (test = () => true) =>
  store.state.channels
    .filter((one) => !one.is_archived && test(one))
    .map((one) => ({ value: one.id, label: channelTitle(one), raw: one.id }));

/** What stands in a list by its id alone. */
const known = (id) => {
  const found = store.state.channels.find((one) => one.id === id);
  return { value: id, label: found ? channelTitle(found) : person(id) ? nameOf(id) : id, raw: id };
};

/** By kind of select: its noun in the payload, and where its options come from. */
const KINDS = {
  static_select: { noun: "option", load: (element) => (query) => matching(choices(element), query) },
  external_select: { noun: "option", external: true },
  users_select: { noun: "user", load: () => (query) => matching(people(), query) },
  channels_select: { noun: "channel", load: () => (query) => matching(channels((one) => !one.is_im), query) },
  conversations_select: { noun: "conversation", load: (element) => (query) => matching(conversations(element), query) },
};

function conversations(element) {
  const kinds = element.filter?.include;
  const kindOf = (one) => (one.is_im ? "im" : one.is_private ? "private" : "public");
  return channels((one) => !kinds || kinds.includes(kindOf(one)));
}

function suggestions(ctx, { block_id, action_id }) {
  return async (query) => choices(await api.suggest(ctx.container, { block_id, action_id }, query));
}

/** Any select. @param {import("./context.js").Context} ctx */
export function select(element, ctx, where) {
  const multi = element.type.startsWith("multi_");
  const kind = KINDS[element.type.replace(/^multi_/, "")];
  const noun = multi ? `${kind.noun}s` : kind.noun;
  const key = `selected_${noun}`;
  const toChoice = (raw) => (typeof raw === "string" ? known(raw) : choiceOf(raw));
  const value = valueOf(ctx, where, { type: element.type, [key]: initialOf(element, kind, multi) });
  const held = multi ? value[key] ?? [] : value[key] ? [value[key]] : [];
  return combobox({
    label: where.label ?? element.placeholder?.text ?? "Select an option",
    placeholder: element.placeholder?.text ?? (multi ? "Select options" : "Select an option"),
    multi,
    max: element.max_selected_items,
    minQuery: kind.external ? element.min_query_length ?? 3 : undefined,
    chosen: held.map(toChoice),
    load: kind.external ? suggestions(ctx, where) : kind.load(element),
    change: async (chosen) => {
      const next = { type: element.type, [key]: multi ? chosen.map((one) => one.raw) : chosen[0]?.raw ?? null };
      setValue(ctx, where, next);
      if (where.dispatches && (await confirmed(element.confirm))) await ctx.dispatch(where, next);
    },
  });
}

function initialOf(element, { noun }, multi) {
  if (multi) return element[`initial_${noun}s`] ?? [];
  if (noun === "conversation" && element.default_to_current_conversation) {
    return element.initial_conversation ?? store.channel;
  }
  return element[`initial_${noun}`] ?? null;
}

/** The three dots with a menu. */
export function overflow(element, ctx, where) {
  const run = async (option) => {
    if (option.url) window.open(option.url, "_blank", "noopener");
    if (await confirmed(element.confirm)) await ctx.dispatch(where, { type: "overflow", selected_option: option });
  };
  const button = h(
    "button.btn.overflow",
    { type: "button", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false" },
    icon("more"),
  );
  button.addEventListener("click", () =>
    openMenu(button, element.options.map((option) => ({ label: labelOf(option), run: () => run(option) })), "More actions"),
  );
  return button;
}
