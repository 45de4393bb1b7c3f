/** Short notes at the foot of the page, read out by screen readers, gone after a while. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;

/** Whether a note that holds `words` is on the screen. */
export function isToasted(words) {
  return [...document.querySelectorAll(".toast")].some((one) => one.dataset.text.includes(words));
}

/** Show `text`. @param {"info" | "error"} tone */
export function toast(text, tone = "info") {
  const place = document.getElementById("toasts");
  if (isToasted(text)) return;
  const note = h(
    "div.toast",
    { class: tone, data: { text } },
    icon(tone === "error" ? "alert" : "info"),
    h("span", {}, text),
    h("button.icon-button", { type: "button", "aria-label": "Dismiss", on: { click: () => note.remove() } }, icon("close")),
  );
  place.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
