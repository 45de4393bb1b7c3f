/** Speaks to the playground's server for the page: one function a call, and one way of failing. */

import { store } from "./store.js";
import { toast } from "./toast.js";

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    toast("The playground does not answer. Is it still running?", "error");
    return { ok: false, error: "unreachable" };
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) return { ok: false, error: body.error ?? `The server answered ${response.status}`, ...body };
  return body;
}

/** GET `path` with the query `params`. */
export function get(path, params = {}) {
  const query = new URLSearchParams(params);
  return call(`/play/${path}?${query}`, { headers: { accept: "application/json" } });
}

function send(path, body) {
  return call(`/play/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** POST `body` as the acting person. */
export const post = (path, body = {}) => send(path, { as: store.as, ...body });

export const fetchState = () => get("state", store.as ? { as: store.as } : {});
export const fetchMessages = (channel) => get("messages", { as: store.as, channel });
export const fetchHome = () => get("home", { as: store.as });
export const fetchRaw = (channel, ts) => get("raw", { channel, ts, as: store.as });
export const fetchLog = () => get("log");
export const fetchFaults = () => get("faults");

export const say = (channel, text, threadTs) =>
  post("say", { channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
export const act = (container, action, state) => post("act", { container, action, state });
export const suggest = (container, where, value) => post("suggest", { container, ...where, value });
export const submitView = (viewId, state) => post("view/submit", { view_id: viewId, state });
export const closeView = (viewId) => post("view/close", { view_id: viewId });
export const openHome = () => post("home");
export const openDm = (user) => post("dm", { user });
export const runShortcut = (callbackId, message = {}) => post("shortcut", { callback_id: callbackId, ...message });
export const setFaults = (faults) => send("faults", faults);
