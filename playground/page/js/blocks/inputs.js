/** Draws what is typed, ticked or dated: text, e-mail, address and number inputs, pickers, radio buttons, checkboxes. */

import { h } from "../dom.js";
import { textObject } from "../mrkdwn.js";
import { confirmed } from "./confirm.js";
import { setValue, valueOf } from "./context.js";

/** @typedef {import("./context.js").Context} Context */

const FIELD_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "number", plain_text_input: "text" };

/** A field for words, an address or a number. @param {Context} ctx */
export function textInput(element, ctx, where) {
  const initial = element.initial_value === undefined ? null : String(element.initial_value);
  const value = valueOf(ctx, where, { type: element.type, value: initial });
  const field = h(element.multiline ? "textarea.field-input" : "input.field-input", {
    type: element.multiline ? undefined : FIELD_TYPES[element.type] ?? "text",
    rows: element.multiline ? 4 : undefined,
    placeholder: element.placeholder?.text,
    "aria-label": where.label ?? element.placeholder?.text ?? "Text",
    "aria-describedby": where.describedBy,
    minlength: element.min_length,
    maxlength: element.max_length,
    min: element.min_value,
    max: element.max_value,
    step: element.type === "number_input" ? (element.is_decimal_allowed ? "any" : 1) : undefined,
    autofocus: element.focus_on_load,
    value: value.value ?? "",
  });
  const now = () => ({ type: element.type, value: field.value === "" ? null : field.value });
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  field.addEventListener("input", () => {
    setValue(ctx, where, now());
    if (where.dispatches && triggers.includes("on_character_entered")) ctx.dispatch(where, now());
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || element.multiline || event.isComposing) return;
    if (where.dispatches && triggers.includes("on_enter_pressed")) {
      event.preventDefault();
      ctx.dispatch(where, now());
    }
  });
  return field;
}

/** Rich text is typed as plain words and sent as one section. */
export function richTextInput(element, ctx, where) {
  const wrap = (text) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
  });
  const field = h("textarea.field-input", { rows: 4, placeholder: element.placeholder?.text, "aria-label": where.label });
  const held = valueOf(ctx, where, { type: element.type, rich_text_value: element.initial_value ?? null });
  field.value = held.rich_text_value?.elements?.[0]?.elements?.[0]?.text ?? "";
  field.addEventListener("input", () =>
    setValue(ctx, where, { type: element.type, rich_text_value: field.value ? wrap(field.value) : null }),
  );
  return field;
}

/** The pickers: their native field, the name of their value, and how a value goes in and out of the field. */
const PICKERS = {
  datepicker: { type: "date", key: "selected_date", initial: "initial_date", label: "Date" },
  timepicker: { type: "time", key: "selected_time", initial: "initial_time", label: "Time" },
  datetimepicker: {
    type: "datetime-local",
    key: "selected_date_time",
    initial: "initial_date_time",
    label: "Date and time",
    show: (seconds) => new Date(seconds * 1000 - new Date(seconds * 1000).getTimezoneOffset() * 60000).toISOString().slice(0, 16),
    read: (text) => Math.floor(new Date(text).getTime() / 1000),
  },
};

/** Date, time, or both. @param {Context} ctx */
export function picker(element, ctx, where) {
  const kind = PICKERS[element.type];
  const held = valueOf(ctx, where, { type: element.type, [kind.key]: element[kind.initial] ?? null })[kind.key];
  const label = where.label ?? element.placeholder?.text ?? kind.label;
  const field = h("input.field-input.picker", {
    type: kind.type,
    "aria-label": label,
    title: label,
    value: held === null ? "" : kind.show?.(held) ?? held,
  });
  field.addEventListener("change", async () => {
    const read = field.value ? kind.read?.(field.value) ?? field.value : null;
    const next = { type: element.type, [kind.key]: read };
    setValue(ctx, where, next);
    if (where.dispatches && (await confirmed(element.confirm))) await ctx.dispatch(where, next);
  });
  return field;
}

let serial = 0;

/** Radio buttons or checkboxes. @param {Context} ctx */
export function boxes(element, ctx, where) {
  const many = element.type === "checkboxes";
  const key = many ? "selected_options" : "selected_option";
  const initial = many ? element.initial_options ?? [] : element.initial_option ?? null;
  const value = valueOf(ctx, where, { type: element.type, [key]: initial })[key];
  const held = new Set((many ? value : value ? [value] : []).map((one) => one.value));
  const name = `boxes-${(serial += 1)}`;
  const root = h("div.boxes", { role: many ? "group" : "radiogroup", "aria-label": where.label ?? "Options" });
  for (const option of element.options) root.append(box(option, many, name, held.has(option.value)));
  root.addEventListener("change", async () => {
    const ticked = [...root.querySelectorAll("input")].flatMap((input, at) => (input.checked ? [element.options[at]] : []));
    const next = { type: element.type, [key]: many ? ticked : ticked[0] ?? null };
    setValue(ctx, where, next);
    if (where.dispatches && (await confirmed(element.confirm))) await ctx.dispatch(where, next);
  });
  return root;
}

function box(option, many, name, checked) {
  const input = h("input", { type: many ? "checkbox" : "radio", name, value: option.value });
  input.checked = checked;
  return h(
    "label.box",
    {},
    input,
    h("span", {}, textObject(option.text), option.description && textObject(option.description, "muted small")),
  );
}

/** Files stay where they are: the playground stores none. */
export function fileInput() {
  return h("div.options-note", {}, "Files cannot be attached in the playground.");
}
