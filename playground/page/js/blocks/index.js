/** Draws Block Kit: one function a block, in one table, and a neutral stand-in for what it does not know. */

import { h } from "../dom.js";
import { textObject } from "../mrkdwn.js";
import { chart } from "./chart.js";
import { element } from "./elements.js";
import * as layout from "./layout.js";
import { dataTable, table } from "./table.js";

/** @typedef {import("./context.js").Context} Context */

const DRAW = {
  section: layout.section,
  header: layout.header,
  divider: layout.divider,
  context: layout.context,
  image: layout.image,
  actions: layout.actions,
  context_actions: layout.actions,
  rich_text: layout.richTextBlock,
  markdown: layout.markdownBlock,
  alert: layout.alert,
  card: layout.card,
  carousel: layout.carousel,
  container: (block, ctx) => layout.container(block, ctx, drawBlock),
  plan: layout.plan,
  task_card: layout.taskCard,
  video: layout.video,
  file: layout.file,
  input,
  table,
  data_table: dataTable,
  data_visualization: chart,
};

/** @param {object} block @param {Context} ctx @returns {HTMLElement} */
function drawBlock(block, ctx) {
  const draw = DRAW[block.type] ?? layout.unknown;
  let node;
  try {
    node = draw(block, ctx);
  } catch (error) {
    // One malformed block must not take the message with it; the server's judgement is shown elsewhere.
    console.warn("block not drawn", block, error);
    node = layout.unknown(block);
  }
  return h("div.block", { data: { block: block.type } }, node);
}

/** Draw all blocks of a message or view. @param {Context} ctx */
export function blocks(list, ctx) {
  return h("div.blocks", {}, (list ?? []).map((block) => drawBlock(block, ctx)));
}

let serial = 0;

function input(block, ctx) {
  const error = ctx.errors[block.block_id];
  const id = `hint-${(serial += 1)}`;
  const label = block.label?.text ?? "";
  return h(
    "div.input-block",
    { class: error ? "wrong" : "", data: { blockId: block.block_id } },
    h("div.input-label", {}, textObject(block.label), block.optional && h("span.muted", {}, " (optional)")),
    element(block.element, ctx, {
      block_id: block.block_id,
      label,
      describedBy: id,
      inInput: true,
      dispatches: block.dispatch_action === true,
    }),
    h("div", { id }, error && h("div.input-error", { role: "alert" }, error), textObject(block.hint, "muted small")),
  );
}
