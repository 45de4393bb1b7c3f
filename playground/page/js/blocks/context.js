/**
 * What a block needs to know of the place that it stands in: where clicks go, and what people have typed so far.
 */

import * as api from "../api.js";
import { isToasted, toast } from "../toast.js";

/**
 * @typedef {object} Context
 * @property {"message" | "modal" | "home"} surface
 * @property {object} container What the server calls the place: a message or a view.
 * @property {Object<string, Object<string, object>>} values `state.values` as Slack shapes it.
 * @property {Object<string, string>} errors Words for the person, by block_id.
 * @property {(where: object, action: object) => Promise<void>} dispatch Send a click or a choice.
 */

/** @type {Map<string, Object<string, Object<string, object>>>} What was typed survives a redraw of its message or view. */
const remembered = new Map();

/** @param {object} container @param {Context["surface"]} surface @returns {Context} */
export function contextOf(container, surface, errors = {}) {
  const key = container.view_id ?? `${container.channel}/${container.message_ts}`;
  if (!remembered.has(key)) remembered.set(key, {});
  const values = remembered.get(key);
  const ctx = { surface, container, values, errors, dispatch: async () => {} };
  ctx.dispatch = async ({ block_id, action_id }, action) => {
    const reply = await api.act(container, { ...action, action_id, block_id }, { values: stateOf(values) });
    // The server tells by the feed when the bot was silent; once is enough.
    if (!reply.ok && !isToasted(reply.error)) toast(`That did not work: ${reply.error ?? "unknown error"}`, "error");
  };
  return ctx;
}

/** Forget what was typed into a view that is gone. */
export function forget(viewId) {
  remembered.delete(viewId);
}

/** Remember the value of one element. */
export function setValue(ctx, { block_id, action_id }, value) {
  ctx.values[block_id] ??= {};
  ctx.values[block_id][action_id] = value;
}

/** What the element holds: what was typed, or else what the bot put there. */
export function valueOf(ctx, { block_id, action_id }, initial) {
  const known = ctx.values[block_id]?.[action_id];
  if (known) return known;
  setValue(ctx, { block_id, action_id }, initial);
  return initial;
}

/** The values as Slack sends them. */
export function stateOf(values) {
  return structuredClone(values);
}
