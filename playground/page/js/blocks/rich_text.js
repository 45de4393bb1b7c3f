/** Draws `rich_text`: sections, lists, quotes, preformatted text, and every inline element. */

import { append, h, link } from "../dom.js";
import { broadcast, channelMention, dateNode, emojiNode, groupMention, personMention } from "../mentions.js";

const INLINE = {
  text: (one) => textNodes(one.text),
  link: (one) => [link(one.url, [one.text || one.url])],
  emoji: (one) => [emojiNode(one.name, one.unicode)],
  user: (one) => [personMention(one.user_id)],
  channel: (one) => [channelMention(one.channel_id)],
  usergroup: (one) => [groupMention(one.usergroup_id)],
  broadcast: (one) => [broadcast(one.range)],
  team: (one) => [h("span.mention", {}, one.team_id)],
  date: (one) => [dateNode(one.timestamp, one.format, one.url, one.fallback)],
  color: (one) => [colour(one.value)],
};

function textNodes(text) {
  return String(text ?? "")
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function colour(value) {
  const swatch = h("span.swatch");
  swatch.style.backgroundColor = /^#[0-9a-f]{3,8}$/i.test(value) ? value : "transparent";
  return h("code", {}, swatch, value);
}

const STYLES = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"]];

/** One inline element with its style. @returns {Node[]} */
function inline(one) {
  let nodes = (INLINE[one.type] ?? (() => [one.text ?? `[${one.type}]`]))(one);
  for (const [name, tag] of STYLES) if (one.style?.[name]) nodes = [h(tag, {}, nodes)];
  return nodes;
}

const inlines = (elements) => (elements ?? []).flatMap(inline);

const ELEMENTS = {
  rich_text_section: (one) => h("div.rich-section", {}, inlines(one.elements)),
  rich_text_quote: (one) => h("blockquote", {}, inlines(one.elements)),
  rich_text_preformatted: (one) => h("pre", {}, h("code", {}, inlines(one.elements))),
  rich_text_list: list,
};

function list(one) {
  const ordered = one.style === "ordered";
  const depth = Math.min(8, one.indent ?? 0);
  const root = h(ordered ? "ol" : "ul", {
    class: `indent-${depth}${one.border ? " bordered" : ""}`,
    start: ordered && one.offset ? one.offset + 1 : undefined,
  });
  return append(root, (one.elements ?? []).map((item) => h("li", {}, inlines(item.elements))));
}

/** @param {{elements: object[]}} block @returns {HTMLElement} */
export function richText(block) {
  const parts = (block.elements ?? []).map((one) => (ELEMENTS[one.type] ?? ELEMENTS.rich_text_section)(one));
  return h("div.rich", {}, parts);
}
