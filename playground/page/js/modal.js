/** The stack of modals: the top one is shown, with its inputs, errors, submit and close. */

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { busy } from "./blocks/elements.js";
import { contextOf, forget, stateOf } from "./blocks/context.js";
import { blocks } from "./blocks/index.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

/** @type {HTMLDialogElement | null} */
let dialog = null;
const top = () => store.views.at(-1);

/** A view was opened or pushed. */
export function viewOpened(view) {
  store.views = store.views.filter((one) => one.id !== view.id);
  // A view without a predecessor begins a new stack.
  if (!view.previous_view_id) store.views = [];
  store.views.push(view);
  draw();
}

/** A view has new content; what was typed stays where the block and its action are the same. */
export function viewUpdated(view) {
  const at = store.views.findIndex((one) => one.id === view.id);
  if (at < 0) return;
  store.views[at] = view;
  if (view === top()) draw();
}

/** A view is gone, with what lay on top of it; all of them without an id. */
export function viewClosed(id) {
  const at = id ? store.views.findIndex((one) => one.id === id) : 0;
  if (at < 0) return;
  for (const gone of store.views.splice(at)) forget(gone.id);
  draw();
}

function draw(errors = {}) {
  const view = top();
  if (!view) {
    dialog?.close();
    dialog?.remove();
    dialog = null;
    return;
  }
  if (!dialog) {
    dialog = h("dialog.dialog.modal");
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(top(), true);
    });
    document.body.append(dialog);
  }
  dialog.setAttribute("aria-label", view.title?.text ?? "Modal");
  const had = focusAt();
  const body = h("div.modal-body", {}, blocks(view.blocks, contextOf({ type: "view", view_id: view.id }, "modal", errors)));
  fill(dialog, h("form.modal-form", { novalidate: true, on: { submit: (event) => submit(event, view) } }, head(view), body, foot(view)));
  if (!dialog.open) dialog.showModal();
  focusFirst(body, errors, had);
}

const FOCUSABLE = "input, textarea, button";
const focusAt = () => (dialog ? [...dialog.querySelectorAll(`.modal-body :is(${FOCUSABLE})`)].indexOf(document.activeElement) : -1);

function focusFirst(body, errors, had) {
  const all = [...body.querySelectorAll(FOCUSABLE)];
  const wrong = Object.keys(errors).length ? body.querySelector(`.wrong :is(${FOCUSABLE})`) : null;
  const asked = had < 0 ? body.querySelector("[autofocus]") : all[had];
  (wrong ?? asked ?? body.querySelector("input, textarea, .combo") ?? dialog.querySelector(".modal-foot .btn:last-child"))?.focus();
}

function head(view) {
  const back = store.views.length > 1;
  const json = h("button.icon-button", { type: "button", "aria-label": "View JSON", title: "View JSON", on: { click: () => showViewJson(view) } }, icon("code"));
  const away = h("button.icon-button", { type: "button", "aria-label": "Close dialog", title: "Close", on: { click: () => close(view, true) } }, icon("close"));
  return h(
    "header.modal-head",
    {},
    back && h("button.icon-button", { type: "button", "aria-label": "Back", on: { click: () => close(view, false) } }, icon("back")),
    avatar(store.state.bot.user_id, "small"),
    h("h2", {}, view.title?.text ?? ""),
    h("span.grow"),
    json,
    away,
  );
}

function foot(view) {
  const hasInput = view.blocks.some((one) => one.type === "input");
  const submitWords = view.submit?.text ?? (hasInput ? "Submit" : null);
  return h(
    "footer.modal-foot",
    {},
    h("button.btn", { type: "button", on: { click: () => close(view, false) } }, view.close?.text ?? (submitWords ? "Cancel" : "Close")),
    submitWords && h("button.btn.primary", { type: "submit" }, submitWords),
  );
}

/** The drawer lies under a modal, so the JSON is shown within it. */
function showViewJson(view) {
  const old = dialog.querySelector(".modal-json");
  if (old) return void old.remove();
  dialog.querySelector(".modal-body").append(h("pre.json.modal-json", { tabindex: "0", "aria-label": "Raw JSON" }, h("code", {}, JSON.stringify(view, null, 2))));
  return void dialog.querySelector(".modal-json").scrollIntoView();
}

async function submit(event, view) {
  event.preventDefault();
  const { values } = contextOf({ type: "view", view_id: view.id }, "modal");
  return busy(dialog.querySelector(".modal-foot [type=submit]"), async () => {
    const reply = await api.submitView(view.id, { values: stateOf(values) });
    if (reply.errors) draw(reply.errors);
    else if (reply.ok === false) complain(reply.error);
  });
}

function complain(error) {
  dialog?.querySelector(".modal-error")?.remove();
  dialog?.querySelector(".modal-foot").before(h("div.modal-error", { role: "alert" }, icon("alert"), `We had some trouble connecting. ${error ?? ""}`));
}

async function close(view, whole) {
  const ids = whole ? store.views.map((one) => one.id).reverse() : [view.id];
  for (const id of ids) {
    viewClosed(id);
    await api.closeView(id);
  }
}

