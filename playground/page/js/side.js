/** The pane on the right: a thread or a drawer of JSON, one at a time, closed with Escape. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { emit } from "./store.js";

let kind = "";
let opener = null;

/** Which pane is open: "thread", "json", "log" or "". */
export const sideKind = () => kind;

/**
 * Open the pane.
 * @param {string} which
 * @param {string} title
 * @param {Node[]} content
 */
export function openSide(which, title, content, note = "") {
  const side = document.getElementById("side");
  if (!kind) opener = document.activeElement;
  kind = which;
  const close = h("button.icon-button", { type: "button", "aria-label": `Close ${title}`, on: { click: closeSide } }, icon("close"));
  fill(
    side,
    h("header.side-title", {}, h("h2", {}, title), note && h("span.muted.small", {}, note), h("span.grow"), close),
    h("div.side-body", { class: `side-${which}` }, content),
  );
  side.setAttribute("aria-label", title);
  side.hidden = false;
  document.getElementById("desk").classList.add("with-side");
}

/** Close the pane and give the focus back. */
export function closeSide() {
  if (!kind) return;
  const was = kind;
  kind = "";
  document.getElementById("side").hidden = true;
  document.getElementById("side").replaceChildren();
  document.getElementById("desk").classList.remove("with-side");
  if (opener?.isConnected) opener.focus();
  emit("side-closed", was);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && kind && !event.defaultPrevented && !document.querySelector("dialog[open]")) closeSide();
});
