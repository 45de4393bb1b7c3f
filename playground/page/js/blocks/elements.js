/** Draws one interactive element, and a button's whole life: ask, send, show that it is under way. */

import { h, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { plainText } from "../mrkdwn.js";
import { confirmed } from "./confirm.js";
import { boxes, fileInput, picker, richTextInput, textInput } from "./inputs.js";
import { picture } from "./picture.js";
import { overflow, select } from "./selects.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {{block_id: string, action_id?: string, label?: string, describedBy?: string, inInput?: boolean, dispatches?: boolean}} Where */

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  image: (element) => picture(element, "thumbnail"),
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richTextInput,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  radio_buttons: boxes,
  checkboxes: boxes,
  file_input: fileInput,
  feedback_buttons: feedback,
  icon_button: iconButton,
};
for (const kind of ["static", "external", "users", "channels", "conversations"]) {
  DRAW[`${kind}_select`] = select;
  DRAW[`multi_${kind}_select`] = select;
}

/**
 * Draw `one`. Outside of an input block every change is sent at once; inside, only when the block says so.
 * @param {Context} ctx
 * @param {Where} where
 */
export function element(one, ctx, where) {
  const draw = DRAW[one.type];
  if (!draw) return h("span.unknown-element", {}, `${one.type}: not drawn here`);
  return draw(one, ctx, { ...where, action_id: one.action_id, dispatches: where.inInput ? where.dispatches : true });
}

function button(one, ctx, where) {
  const tone = ["primary", "danger"].includes(one.style) ? one.style : "";
  const url = one.url && safeUrl(one.url);
  const node = h(
    "button.btn",
    { type: "button", class: tone, "aria-label": one.accessibility_label, title: url || undefined },
    h("span", {}, plainText(one.text?.text)),
  );
  node.addEventListener("click", async () => {
    if (!(await confirmed(one.confirm))) return;
    if (url) window.open(url, "_blank", "noopener");
    await busy(node, () => ctx.dispatch(where, { type: "button", value: one.value, text: one.text }));
  });
  return node;
}

/** Show on `node` that `work` is under way, and take no second click meanwhile. */
export async function busy(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function feedback(one, ctx, where) {
  const side = (choice, sign) => {
    const node = h("button.btn.quiet", { type: "button", "aria-label": choice.accessibility_label, title: choice.text?.text }, sign);
    node.addEventListener("click", () =>
      busy(node, () => ctx.dispatch(where, { type: "feedback_buttons", value: choice.value })),
    );
    return node;
  };
  return h("span.feedback", {}, side(one.positive_button, "👍"), side(one.negative_button, "👎"));
}

function iconButton(one, ctx, where) {
  const node = h("button.btn.quiet", { type: "button", title: one.text?.text, "aria-label": one.accessibility_label ?? one.text?.text });
  node.append(one.icon === "trash" ? "🗑️" : icon("star"));
  node.addEventListener("click", async () => {
    if (await confirmed(one.confirm)) await busy(node, () => ctx.dispatch(where, { type: "icon_button", value: one.value }));
  });
  return node;
}
