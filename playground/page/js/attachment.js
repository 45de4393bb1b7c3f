/** Draws what hangs on a message: an alert's attachment, or the card that an app put under a link. */

import { avatar } from "./avatar.js";
import { blocks } from "./blocks/index.js";
import { contextOf } from "./blocks/context.js";
import { h, link } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { store } from "./store.js";

/** @param {Record<string, any>} one The attachment as the app sent it. @param {object} container Where its buttons are. */
export function attachment(one, container) {
  const bar = h("span.attachment-bar");
  if (/^#?[0-9a-f]{6}$/i.test(one.color ?? "")) bar.style.backgroundColor = `#${one.color.replace("#", "")}`;
  const title = one.title && h("strong.attachment-title", {}, one.title_link ? link(one.title_link, one.title) : one.title);
  const inside = h(
    "div.attachment-body",
    {},
    one.is_app_unfurl && h("div.attachment-app", {}, avatar(store.state.bot.user_id, "tiny"), store.state.bot.name),
    one.author_name && h("div.muted.small", {}, one.author_name),
    title,
    one.text && mrkdwn(one.text),
    one.fields?.length > 0 && h("div.fields", {}, one.fields.map(field)),
    one.blocks && blocks(one.blocks, contextOf(container, "message")),
    one.footer && h("div.muted.small", {}, one.footer),
  );
  const said = one.pretext && mrkdwn(one.pretext);
  return h("div.attachment-whole", {}, said, h("div.attachment", { "aria-label": one.is_app_unfurl && "Link preview", role: one.is_app_unfurl && "group" }, bar, inside));
}

const field = ({ title, value }) => h("div.field", {}, h("strong", {}, title ?? ""), mrkdwn(value ?? ""));
