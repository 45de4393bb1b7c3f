/** Draws one picture, in whichever block or element it stands. */

import { h, safeUrl } from "../dom.js";

/** An image from its address; its description when the address is none that a page may load. */
export function picture(one, classes = "") {
  const src = safeUrl(one.image_url ?? one.slack_file?.url ?? "");
  if (!one.image_url && !one.slack_file?.url) return h("span.image-missing", {}, one.alt_text);
  const node = h("img", { src, alt: one.alt_text ?? "", class: classes, loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(h("span.image-missing", {}, one.alt_text || "image")));
  return node;
}
