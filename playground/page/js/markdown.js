/** Reads the Markdown of Slack's `markdown` block (the standard kind, not mrkdwn) into DOM nodes; HTML in it stays text. */

import { append, h, link } from "./dom.js";
import { emojiNode } from "./mentions.js";

const INLINE = new RegExp(
  [
    "(`+)([^`](?:.*?[^`])?)\\1(?!`)", // 1, 2 code
    "!?\\[([^\\]]*)\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)", // 3, 4 link or picture
    "\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*", // 5 bold
    "(?<!\\w)__(?=\\S)(.+?)(?<=\\S)__(?!\\w)", // 6 bold
    "~~(?=\\S)(.+?)(?<=\\S)~~", // 7 strike
    "\\*(?=[^\\s*])([^*]+?)(?<=\\S)\\*", // 8 italic
    "(?<!\\w)_(?=\\S)([^_]+?)(?<=\\S)_(?!\\w)", // 9 italic
    "<(https?:[^>\\s]+)>", // 10 address
    ":([a-z0-9_+'-]+):", // 11 emoji
    "\\\\([\\\\`*_{}\\[\\]()#+.!~|>-])", // 12 escaped sign
  ].join("|"),
  "g",
);

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, match.index), token(match));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

function token([whole, , code, label, target, bold, bold2, strike, italic, italic2, address, short, sign]) {
  if (code !== undefined) return h("code", {}, code.trim());
  if (target !== undefined) return link(target, inline(label || target));
  if (bold ?? bold2) return h("strong", {}, inline(bold ?? bold2));
  if (strike) return h("s", {}, inline(strike));
  if (italic ?? italic2) return h("em", {}, inline(italic ?? italic2));
  if (address) return link(address, [address]);
  if (short) return emojiNode(short);
  return sign ?? whole;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

/** Each reader looks at the line `at` and returns [node, next line], or null when the line is none of its own. */
const READERS = [fence, heading, rule, quote, table, list, paragraph];

function fence(lines, at) {
  const open = /^\s*(```+|~~~+)/.exec(lines[at]);
  if (!open) return null;
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(open[1])) end += 1;
  return [h("pre", {}, h("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
}

function heading(lines, at) {
  const found = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]);
  return found && [h("p.md-heading", { class: `level-${Math.min(3, found[1].length)}` }, inline(found[2])), at + 1];
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? [h("hr"), at + 1] : null;
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  if (end === at) return null;
  const inner = lines.slice(at, end).map((line) => line.replace(/^\s*> ?/, ""));
  return [append(h("blockquote"), blocks(inner)), end];
}

function table(lines, at) {
  if (!lines[at].includes("|") || !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? "")) return null;
  const heads = cells(lines[at]);
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (values, tag) => h("tr", {}, values.map((value) => h(tag, {}, inline(value.replaceAll("\\|", "|")))));
  const body = lines.slice(at + 2, end).map((line) => row(cells(line), "td"));
  return [h("div.table-scroll", {}, h("table.table", {}, h("thead", {}, row(heads, "th")), h("tbody", {}, body))), end];
}

function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const depth = first[1].length;
  const root = h(/\d/.test(first[2]) ? "ol" : "ul", /\d/.test(first[2]) ? { start: Number.parseInt(first[2], 10) } : {});
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (!item || item[1].length < depth) break;
    if (item[1].length > depth + 1 && root.lastChild) {
      const [nested, next] = list(lines, end);
      root.lastChild.append(nested);
      end = next;
      continue;
    }
    root.append(h("li", {}, task(item[3])));
    end += 1;
  }
  return [root, end];
}

function task(text) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return box ? [box[1] === " " ? "☐ " : "☑ ", ...inline(box[2])] : inline(text);
}

function paragraph(lines, at) {
  let end = at + 1;
  const starts = (line) => /^\s*(```|~~~|#{1,6}\s|>)/.test(line) || ITEM.test(line) || RULE.test(line);
  while (end < lines.length && lines[end].trim() && !starts(lines[end])) end += 1;
  const parts = lines.slice(at, end).flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));
  return [h("p", {}, parts), end];
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    for (const reader of READERS) {
      const read = reader(lines, at);
      if (read) {
        nodes.push(read[0]);
        at = read[1];
        break;
      }
    }
  }
  return nodes;
}

/** Render Markdown. @param {string} text @returns {HTMLElement} */
export function markdown(text) {
  return append(h("div.rich.markdown"), blocks(String(text ?? "").replaceAll("\r\n", "\n").split("\n")));
}
