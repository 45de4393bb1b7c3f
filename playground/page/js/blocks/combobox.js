/** A select with a filter, one or many choices, and options that may come from the server as the person types. */

import { debounce, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, openPopover, place } from "../popover.js";

/**
 * @typedef {{value: string, label: string, description?: string, group?: string, raw: any}} Choice
 * @typedef {object} Setup
 * @property {string} label What a screen reader calls it.
 * @property {string} placeholder
 * @property {boolean} multi
 * @property {number} [max] How many may be chosen.
 * @property {number} [minQuery] Letters to type before options are asked for; undefined when all are known.
 * @property {Choice[]} chosen
 * @property {(query: string) => Promise<Choice[]> | Choice[]} load
 * @property {(chosen: Choice[]) => void} change
 */

let serial = 0;

/** @param {Setup} setup @returns {HTMLElement} */
export function combobox(setup) {
  let chosen = [...setup.chosen];
  const face = h("span.combo-face");
  const trigger = h(
    "button.combo",
    { type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": setup.label },
    face,
    icon("caret"),
  );
  const paint = () => {
    if (!chosen.length) fill(face, h("span.placeholder", {}, setup.placeholder));
    else if (setup.multi) fill(face, chosen.map((one) => h("span.chip", {}, one.label)));
    else fill(face, chosen[0].label);
    const words = chosen.map((one) => one.label).join(", ");
    trigger.setAttribute("aria-label", words ? `${setup.label}: ${words}` : setup.label);
  };
  const pick = (choice) => {
    const had = chosen.some((one) => one.value === choice.value);
    if (!setup.multi) chosen = [choice];
    else if (had) chosen = chosen.filter((one) => one.value !== choice.value);
    else if (chosen.length < (setup.max ?? Infinity)) chosen = [...chosen, choice];
    paint();
    setup.change(chosen);
  };
  trigger.addEventListener("click", () => openList(trigger, setup, () => chosen, pick));
  paint();
  return trigger;
}

function openList(trigger, setup, current, pick) {
  const id = `list-${(serial += 1)}`;
  const list = h("div.options", { role: "listbox", id, "aria-label": setup.label, "aria-multiselectable": setup.multi });
  const input = h("input.filter", {
    type: "text",
    role: "combobox",
    placeholder: setup.minQuery === undefined ? "Filter…" : "Type to search…",
    "aria-label": `Search ${setup.label}`,
    "aria-controls": id,
    "aria-expanded": "true",
    autocomplete: "off",
    spellcheck: "false",
  });
  const panel = openPopover(trigger, [input, list], { classes: "combo-panel", wide: true });
  if (!panel) return;
  const choose = (choice) => {
    pick(choice);
    if (setup.multi) mark(list, current());
    else closePopover(true);
  };
  const refresh = loader(setup, list, id, current, choose, () => place(panel, trigger));
  input.addEventListener("input", setup.minQuery === undefined ? () => refresh(input.value) : debounce(() => refresh(input.value), 200));
  input.addEventListener("keydown", (event) => steer(event, list, input));
  input.focus();
  refresh("");
}

/** Returns a function that fills the list for a query; a late answer to an older query is dropped. */
function loader(setup, list, id, current, choose, placed) {
  let asked = 0;
  return async (query) => {
    const mine = (asked += 1);
    if (query.length < (setup.minQuery ?? 0)) {
      fill(list, h("div.options-note", {}, `Type ${setup.minQuery} or more letters`));
      return placed();
    }
    const answer = setup.load(query);
    if (answer instanceof Promise) fill(list, h("div.options-note", {}, "Searching…"));
    const choices = await answer;
    if (mine !== asked) return undefined;
    fill(list, choices.length ? rows(choices, id, choose) : h("div.options-note", {}, "No matches"));
    mark(list, current());
    activate(list, list.querySelector('[aria-selected="true"]') ?? list.querySelector('[role="option"]'));
    return placed();
  };
}

function rows(choices, id, choose) {
  const nodes = [];
  let group;
  choices.forEach((choice, index) => {
    if (choice.group !== undefined && choice.group !== group) nodes.push(h("div.options-group", {}, choice.group));
    group = choice.group;
    const row = h(
      "div.option",
      { role: "option", id: `${id}-${index}`, data: { value: choice.value }, on: { click: () => choose(choice) } },
      h("span.option-words", {}, h("span", {}, choice.label), choice.description && h("span.muted", {}, choice.description)),
      icon("check", "tick"),
    );
    row.addEventListener("pointermove", () => activate(row.parentElement, row));
    nodes.push(row);
  });
  return nodes;
}

function mark(list, chosen) {
  const values = new Set(chosen.map((one) => one.value));
  for (const row of list.querySelectorAll('[role="option"]')) {
    row.setAttribute("aria-selected", String(values.has(row.dataset.value)));
  }
}

function activate(list, row) {
  list.querySelector(".active")?.classList.remove("active");
  row?.classList.add("active");
  const input = list.parentElement?.querySelector(".filter");
  if (row) input?.setAttribute("aria-activedescendant", row.id);
}

function steer(event, list, input) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...list.querySelectorAll('[role="option"]')];
  const active = list.querySelector(".active");
  if (step && all.length) {
    event.preventDefault();
    const next = all[(all.indexOf(active) + step + all.length) % all.length];
    activate(list, next);
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter") {
    event.preventDefault();
    active?.click();
  } else if (event.key === "Tab") closePopover();
  else if (event.key === "Backspace" && !input.value) event.stopPropagation();
}
