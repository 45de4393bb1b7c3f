/** A list of people to pick from: whom to act as, or whom to write to. */

import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { closePopover, openPopover } from "./popover.js";
import { emit, nameOf, SLACKBOT, store } from "./store.js";

/**
 * Open the list at `anchor`.
 * @param {HTMLElement} anchor
 * @param {{toMessage?: boolean}} [how] Write to the chosen one instead of acting as them.
 */
export function openPeople(anchor, { toMessage = false } = {}) {
  const title = toMessage ? "Write to" : "Act as";
  const list = h("div.people", { role: "listbox", "aria-label": title });
  const field = h("input.filter", { type: "search", placeholder: "Find people", "aria-label": "Find people", autocomplete: "off" });
  const draw = () => fill(list, rows(field.value.trim().toLowerCase(), toMessage));
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
    else if (event.key === "ArrowDown") list.querySelector("button")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    (document.activeElement[step] ?? field).focus();
  });
  draw();
  const note = !toMessage && h("p.popover-note", {}, "Open a second tab as somebody else to see both sides.");
  const panel = openPopover(anchor, [h("h2.popover-title", {}, title), field, list, note], {
    classes: "people-panel",
    role: "dialog",
    label: title,
  });
  if (panel) field.focus();
}

function rows(query, toMessage) {
  const found = store.state.people
    .filter((one) => !one.is_bot && one.id !== SLACKBOT && (toMessage ? one.id !== store.as : !one.deleted))
    .filter((one) => `${one.name} ${one.real_name} ${one.title ?? ""}`.toLowerCase().includes(query))
    .sort((a, b) => Number(b.id === store.as) - Number(a.id === store.as) || nameOf(a.id).localeCompare(nameOf(b.id)));
  if (!found.length) return h("div.options-note", {}, "Nobody of that name");
  return found.map((one) => row(one, toMessage));
}

function row(one, toMessage) {
  const choose = () => {
    closePopover();
    if (toMessage) emit("open-dm", one.id);
    else actAs(one.id);
  };
  return h(
    "button.person-row",
    { type: "button", role: "option", "aria-selected": String(one.id === store.as && !toMessage), on: { click: choose } },
    avatar(one.id, "small"),
    h("span.person-words", {}, h("span.person-name", {}, nameOf(one.id)), h("span.muted.small", {}, one.title || `@${one.name}`)),
  );
}

/** Become somebody else: everything that was seen belonged to the one before. */
function actAs(id) {
  const url = new URL(location.href);
  url.searchParams.set("as", id);
  location.assign(url);
  if (url.hash === location.hash && url.search === location.search) location.reload();
}
