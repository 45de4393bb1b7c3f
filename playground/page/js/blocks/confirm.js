/** Asks before an action that the bot marked with a confirmation dialog. */

import { h } from "../dom.js";
import { textObject } from "../mrkdwn.js";

/** Resolves to whether the person agrees; at once when there is nothing to ask. @returns {Promise<boolean>} */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const tone = confirm.style === "danger" ? "danger" : "primary";
    const dialog = h(
      "dialog.dialog.confirm",
      { "aria-label": confirm.title?.text, on: { cancel: answer(false) } },
      h("h2", {}, confirm.title?.text),
      h("div.confirm-text", {}, textObject(confirm.text)),
      h(
        "div.dialog-foot",
        {},
        h("button.btn", { type: "button", on: { click: answer(false) } }, confirm.deny?.text ?? "Cancel"),
        h("button.btn", { type: "button", class: tone, on: { click: answer(true) } }, confirm.confirm?.text ?? "Yes"),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
