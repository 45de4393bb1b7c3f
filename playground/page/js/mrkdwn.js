/** Reads Slack's mrkdwn into DOM nodes. Whatever is not its syntax stays text. */

import { append, h, link } from "./dom.js";
import { broadcast, channelMention, dateNode, emojiNode, groupMention, personMention } from "./mentions.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Undo the three escapes that Slack knows. */
export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

// A mark opens after a non-word character and before a non-space, and closes the other way round.
const WORD = "\\p{L}\\p{N}_";
const mark = (sign, escaped = sign) =>
  `(?<![${WORD}${sign}])${escaped}(?=\\S)((?:[^${sign}\\n<]|<[^<>\\n]*>)+?)(?<=\\S)${escaped}(?![${WORD}${sign}])`;
const INLINE = new RegExp(
  [
    "`([^`\\n]+)`", // 1 code
    "<([^<>\\n]+)>", // 2 angle brackets
    ":([a-z0-9_+'-]+):(?::skin-tone-\\d:)?", // 3 emoji
    mark("*", "\\*"), // 4 bold
    mark("_"), // 5 italic
    mark("~"), // 6 strike
    "(https?:\\/\\/[^\\s<>|]+[^\\s<>|.,:;!?)'\"*_~])", // 7 bare address
  ].join("|"),
  "gu",
);

/** The nodes of one run of text without blocks in it. */
function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) nodes.push(...plain(text.slice(from, match.index)));
    nodes.push(token(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(...plain(text.slice(from)));
  return nodes;
}

function token([whole, code, angle, short, bold, italic, strike, address]) {
  if (code !== undefined) return h("code", {}, codeParts(code));
  if (angle !== undefined) return pointer(angle);
  if (short !== undefined) return emojiNode(short);
  if (bold !== undefined) return h("strong", {}, inline(bold));
  if (italic !== undefined) return h("em", {}, inline(italic));
  if (strike !== undefined) return h("s", {}, inline(strike));
  if (address !== undefined) return link(unescape(address), [unescape(address)]);
  return whole;
}

function plain(text) {
  return unescape(text)
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

/** Code keeps its signs, yet Slack still resolves what stands in angle brackets. */
function codeParts(text) {
  return text.split(/(<[^<>\n]+>)/).map((part) => (/^<.+>$/.test(part) ? pointer(part.slice(1, -1)) : unescape(part)));
}

/** What stands between < and >: a mention, a command or a link. */
function pointer(body) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? "" : unescape(body.slice(bar + 1));
  if (/^@[UW]/.test(target)) return personMention(target.slice(1), label);
  if (/^#[CG]/.test(target)) return channelMention(target.slice(1), label);
  if (target.startsWith("!subteam^")) return groupMention(target.slice(9), label);
  if (target.startsWith("!date^")) {
    const [, timestamp, format, url] = target.split("^");
    return dateNode(timestamp, format, url, label);
  }
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!")) return document.createTextNode(label || `<${target}>`);
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return link(unescape(target), [label || unescape(target)]);
  return document.createTextNode(unescape(`<${body}>`));
}

const QUOTE = /^(?:>|&gt;) ?/;
const BULLET = /^(\s*)(?:[•◦▪‣-]|\d+[.)]) +(?=\S)/;

/** Lines into paragraphs, quotes and list lines with a hanging indent. */
function lines(text) {
  const nodes = [];
  let kind = "";
  let gathered = [];
  const flush = () => {
    if (!gathered.length) return;
    const body = gathered.join("\n");
    if (kind === "quote") nodes.push(h("blockquote", {}, inline(body)));
    else nodes.push(h("span.lines", {}, inline(body)));
    gathered = [];
  };
  for (const line of text.split("\n")) {
    const bullet = BULLET.exec(line);
    const next = QUOTE.test(line) ? "quote" : bullet ? "bullet" : "text";
    if (next !== kind) flush();
    kind = next;
    if (bullet) {
      const depth = Math.min(4, Math.floor(bullet[1].length / 2));
      const sign = h("span.bullet", {}, line.slice(bullet[1].length, bullet[0].length).trim());
      nodes.push(h("span.bullet-line", { class: `depth-${depth}` }, sign, h("span", {}, inline(line.slice(bullet[0].length)))));
    } else gathered.push(next === "quote" ? line.replace(QUOTE, "") : line);
  }
  flush();
  return nodes;
}

/**
 * Render mrkdwn.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function mrkdwn(text, classes = "") {
  const root = h("div.rich", { class: classes });
  String(text ?? "")
    .split(/```\n?([\s\S]*?)\n?```/)
    .forEach((part, index) => {
      if (index % 2) root.append(h("pre", {}, h("code", {}, codeParts(part))));
      else {
        const trimmed = part.replace(index ? /^\n/ : /^$/, "");
        if (trimmed) append(root, lines(trimmed));
      }
    });
  return root;
}

/** Text that knows no syntax but emoji. */
export function plainText(text, allowEmoji = true) {
  if (!allowEmoji) return [String(text ?? "")];
  return String(text ?? "")
    .split(/:([a-z0-9_+'-]+):/)
    .map((part, index) => (index % 2 ? emojiNode(part) : part));
}

/** A text object of Block Kit, either kind. */
export function textObject(object, classes = "") {
  if (!object) return null;
  if (typeof object === "string") return h("div.rich", { class: classes }, object);
  if (object.type === "mrkdwn") return mrkdwn(object.text, classes);
  return h("div.rich", { class: classes }, plainText(object.text, object.emoji !== false));
}
