/** A drawer with the JSON of a message, a view or the Home, coloured, and a button that copies it. */

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openSide } from "./side.js";
import { toast } from "./toast.js";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/gi;

/** JSON as spans, one a token. */
function coloured(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(text.slice(from, match.index));
    const [whole, string, colon, word] = match;
    if (string && colon) nodes.push(h("span.json-key", {}, string), colon);
    else nodes.push(h("span", { class: string ? "json-string" : word ? "json-word" : "json-number" }, whole));
    from = match.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

/** Show any JSON under `title`. */
export function showJson(title, value, note = "") {
  const text = JSON.stringify(value, null, 2);
  const copy = h("button.btn.small", { type: "button" }, icon("copy"), "Copy");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      fill(copy, icon("check"), "Copied");
    } catch {
      toast("The browser does not let the page copy. Select the text instead.", "error");
    }
  });
  const pre = h("pre.json", { tabindex: "0", "aria-label": "Raw JSON" }, h("code", {}, coloured(text)));
  openSide("json", title, [h("div.json-head", {}, h("span.muted.small", {}, note), h("span.grow"), copy), pre]);
}

/** Show what the server holds of a message: what the app sent, and the message as kept. */
export async function showRaw(channelId, message) {
  const reply = await api.fetchRaw(channelId, message.ts);
  const known = reply.ok === false ? message : (reply.raw ?? reply.message);
  const note = message.bot_id ? "as the app sent it" : "as Slack keeps it";
  showJson("Message JSON", known, note);
}
