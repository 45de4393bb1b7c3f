/** Draws the blocks that carry words and pictures: section, header, divider, context, image, markdown, card and kin. */

import { append, h, link } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../markdown.js";
import { textObject } from "../mrkdwn.js";
import { element } from "./elements.js";
import { picture } from "./picture.js";
import { richText } from "./rich_text.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} ctx */
export function section(block, ctx) {
  const words = h("div.section-text", {}, block.text && textObject(block.text));
  if (block.fields?.length) {
    words.append(h("div.fields", {}, block.fields.map((field) => textObject(field, "field"))));
  }
  const beside = block.accessory && h("div.accessory", {}, element(block.accessory, ctx, { block_id: block.block_id }));
  return h("div.section", {}, words, beside);
}

export function header(block) {
  return h("div.header-block", { role: "heading", "aria-level": "3" }, textObject(block.text));
}

export function divider() {
  return h("hr");
}

export function context(block) {
  const parts = (block.elements ?? []).map((one) =>
    one.type === "image" ? picture(one, "context-image") : textObject(one, "context-text"),
  );
  return h("div.context", {}, parts);
}

export function image(block) {
  return h("figure.image-block", {}, block.title && h("figcaption", {}, textObject(block.title)), picture(block));
}

export function actions(block, ctx) {
  return h("div.actions", {}, (block.elements ?? []).map((one) => element(one, ctx, { block_id: block.block_id })));
}

export const richTextBlock = (block) => richText(block);
export const markdownBlock = (block) => markdown(block.text);

const ALERT_ICONS = { warning: "alert", error: "alert", success: "check" };

export function alert(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  return h("div.alert", { class: level, role: "note" }, icon(ALERT_ICONS[level] ?? "info"), textObject(block.text));
}

export function card(block, ctx) {
  const head = h(
    "div.card-head",
    {},
    block.icon && picture(block.icon, "card-icon"),
    h("div", {}, textObject(block.title, "card-title"), textObject(block.subtitle, "muted")),
  );
  return h(
    "div.card",
    {},
    block.hero_image && picture(block.hero_image, "card-hero"),
    head,
    textObject(block.body),
    block.actions?.length && actions({ elements: block.actions, block_id: block.block_id }, ctx),
  );
}

export function carousel(block, ctx) {
  return h("div.carousel", { tabindex: "0" }, (block.elements ?? []).map((one) => card(one, ctx)));
}

/** @param {(block: object, ctx: Context) => Node} draw How to draw a child. */
export function container(block, ctx, draw) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title, "card-title");
  const inner = h("div.container-body", {}, (block.child_blocks ?? []).map((child) => draw(child, ctx)));
  const head = [title, textObject(block.subtitle, "muted")];
  if (!block.is_collapsible) return h("div.card", {}, head, inner);
  return h("details.card", { open: !block.default_collapsed }, h("summary", {}, head), inner);
}

const TASK_STATES = { pending: "list", in_progress: "swap", complete: "check", error: "alert" };

export function taskCard(block) {
  const status = TASK_STATES[block.status] ? block.status : "pending";
  const sources = (block.sources ?? []).map((one) => link(one.url, [one.text || one.url]));
  return h(
    "div.task",
    { class: status },
    h("span.task-state", { role: "img", "aria-label": status.replace("_", " ") }, icon(TASK_STATES[status])),
    h(
      "div",
      {},
      h("div.task-title", {}, block.title),
      block.details && richText(block.details),
      block.output && richText(block.output),
      sources.length > 0 && h("div.task-sources", {}, sources),
    ),
  );
}

export function plan(block) {
  return h("div.card.plan", {}, h("div.card-title", {}, block.title), (block.tasks ?? []).map(taskCard));
}

export function video(block) {
  const title = link(block.title_url ?? block.video_url, [textObject(block.title)]);
  return h("div.card", {}, title, textObject(block.description, "muted"), picture({ ...block, image_url: block.thumbnail_url }, "card-hero"));
}

export function file(block) {
  return h("div.file-block", {}, icon("file"), h("span", {}, block.external_id ?? "File"));
}

/** What stands in for a block that this page does not draw: its name, and its JSON one click away. */
export function unknown(block) {
  const json = h("pre", {}, h("code", {}, JSON.stringify(block, null, 2)));
  return append(h("details.unknown-block"), [h("summary", {}, `${block.type || "block"}: not drawn here`), json]);
}
