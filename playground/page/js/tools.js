/** The playground's own menu: faults to inject, and the log of what passed between the app and this workspace. */

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover, place } from "./popover.js";
import { openSide, sideKind } from "./side.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

const NEW_BLOCKS = ["data_table", "data_visualization"];
const LOG_MS = 1500;

async function order(faults, words) {
  const reply = await api.setFaults(faults);
  if (reply.ok === false) toast(reply.error ?? "The playground refused that", "error");
  else if (words) toast(words);
}

/** Open the menu at `anchor`. */
export async function openTools(anchor) {
  const body = h("div.tools-body", {}, h("p.options-note", {}, "Loading…"));
  const panel = openPopover(anchor, [h("h2.popover-title", {}, "Playground"), body], { classes: "tools", role: "dialog", label: "Playground" });
  if (!panel) return;
  const reply = await api.fetchFaults();
  const faults = reply.faults ?? reply;
  const { bot } = store.state;
  fill(
    body,
    h("p.tools-state", {}, h("span.presence", { class: bot.connected ? "on" : "" }), `${bot.name} is ${bot.connected ? "" : "not "}connected over Socket Mode`),
    h("button.tools-row", { type: "button", on: { click: openLog } }, icon("list"), "Log of API calls"),
    h("h3", {}, "Break things on purpose"),
    toggle("Rate-limit posts (429)", Boolean(faults.rate_limit?.["chat.postMessage"]), (on) => order({ rate_limit: on ? { "chat.postMessage": 3 } : {} })),
    toggle("Enforce Slack's rate tiers", faults.rate_limits, (on) => order({ rate_limits: on })),
    toggle("Deliver each event twice", faults.redeliver, (on) => order({ redeliver: on })),
    toggle("Refuse tables and charts", NEW_BLOCKS.every((one) => faults.refuse_blocks?.includes(one)), (on) => order({ refuse_blocks: on ? NEW_BLOCKS : [] })),
    toggle("Fail chat.update", Boolean(faults.fail?.["chat.update"]), (on) => order({ fail: on ? { "chat.update": "internal_error" } : {} })),
    delay(faults.delay_ms ?? 0),
    h(
      "div.tools-buttons",
      {},
      h("button.btn.small", { type: "button", on: { click: () => order({ drop_sockets: true }, "All sockets were dropped") } }, "Drop sockets"),
      h("button.btn.small", { type: "button", on: { click: () => order({ disconnect: "refresh_requested" }, "The app was asked to reconnect") } }, "Ask to reconnect"),
    ),
  );
  place(panel, anchor);
  panel.querySelector("button")?.focus();
}

function toggle(label, on, change) {
  const input = h("input", { type: "checkbox", role: "switch", on: { change: () => change(input.checked) } });
  input.checked = Boolean(on);
  return h("label.tools-row.switch", {}, h("span", {}, label), h("span.grow"), input, h("span.knob", { "aria-hidden": "true" }));
}

function delay(now) {
  const out = h("output", {}, `${now} ms`);
  const input = h("input", {
    type: "range",
    min: 0,
    max: 4000,
    step: 250,
    value: now,
    "aria-label": "Delay in milliseconds",
    on: { input: () => fill(out, `${input.value} ms`), change: () => order({ delay_ms: Number(input.value) }) },
  });
  return h("label.tools-row.delay", {}, h("span", {}, "Delay"), input, out);
}

/** Show the log on the right and keep it fresh while it is open. */
async function openLog() {
  const list = h("ol.api-log", { "aria-label": "Log of API calls" });
  openSide("log", "API calls", [list], "newest first");
  let last = "";
  const refresh = async () => {
    if (sideKind() !== "log" || !list.isConnected) return;
    const reply = await api.fetchLog();
    const entries = (Array.isArray(reply) ? reply : (reply.entries ?? reply.log ?? [])).slice(-200).reverse();
    const mark = JSON.stringify([entries.length, entries[0]]);
    if (mark !== last) fill(list, entries.length ? entries.map(entry) : h("li.options-note", {}, "Nothing passed yet"));
    last = mark;
    setTimeout(refresh, LOG_MS);
  };
  await refresh();
}

function entry(one) {
  const good = ["ok", "acked", "sent", "200", "true"].includes(String(one.outcome));
  const time = new Date((one.time ?? 0) * 1000).toLocaleTimeString("en-US", { hour12: false });
  const line = [
    h("span.muted.small", {}, time),
    h("span.log-kind", { class: String(one.kind ?? "") }, one.kind),
    h("code", {}, one.name),
    h("span.grow"),
    h("span.log-outcome", { class: good ? "good" : "" }, String(one.outcome ?? "")),
  ];
  if (one.detail === null || one.detail === undefined) return h("li.log-line", {}, line);
  return h("li", {}, h("details", {}, h("summary.log-line", {}, line), h("pre.json", {}, h("code", {}, JSON.stringify(one.detail, null, 2)))));
}
