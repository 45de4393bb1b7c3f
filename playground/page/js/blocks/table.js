/** Draws `table`, and `data_table` with sorting, a filter and pages. */

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "./rich_text.js";

const PAGE = 10;

/** The words of a cell, for sorting and filtering. */
function words(cell) {
  if (!cell) return "";
  if (cell.type !== "rich_text") return String(cell.text ?? cell.value ?? "");
  const parts = [];
  const walk = (one) => {
    if (one.text) parts.push(one.text);
    (one.elements ?? []).forEach(walk);
  };
  walk(cell);
  return parts.join(" ");
}

const draw = (cell) => (cell?.type === "rich_text" ? richText(cell) : words(cell));
const isNumber = (cell) => cell?.type === "raw_number";

function alignment(settings, cell, column) {
  const asked = settings?.[column]?.align;
  if (asked === "center" || asked === "right") return asked;
  return isNumber(cell) && !asked ? "right" : "left";
}

/** A plain table: its first row is the heading. */
export function table(block) {
  const settings = block.column_settings;
  const row = (cells, tag) =>
    h("tr", {}, cells.map((cell, at) => h(tag, { class: `align-${alignment(settings, cell, at)}` }, draw(cell))));
  const [first = [], ...rest] = block.rows ?? [];
  const head = h("thead", {}, row(first, "th"));
  return h("div.table-scroll", { tabindex: "0" }, h("table.table", {}, head, h("tbody", {}, rest.map((one) => row(one, "td")))));
}

/** Order two cells: numbers by value, words as people read them. */
function compare(a, b) {
  if (isNumber(a) && isNumber(b)) return a.value - b.value;
  return words(a).localeCompare(words(b), "en", { numeric: true, sensitivity: "base" });
}

/** A table that the reader may sort, filter and page through. */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = block.page_size ?? PAGE;
  const view = { column: -1, down: false, page: 0, query: "" };
  const body = h("div");
  const shown = () => {
    const query = view.query.toLowerCase();
    const kept = query ? rows.filter((row) => row.some((cell) => words(cell).toLowerCase().includes(query))) : [...rows];
    if (view.column >= 0) kept.sort((a, b) => compare(a[view.column], b[view.column]) * (view.down ? -1 : 1));
    return kept;
  };
  const paint = () => {
    const kept = shown();
    const pages = Math.max(1, Math.ceil(kept.length / size));
    view.page = Math.min(view.page, pages - 1);
    const part = kept.slice(view.page * size, (view.page + 1) * size);
    fill(body, grid(block, head, part, view, paint), pages > 1 && pager(view, pages, kept.length, paint));
  };
  paint();
  const title = h("div.data-title", {}, h("strong", {}, block.caption));
  if (rows.length > size) title.append(filter(view, paint));
  return h("div.data", {}, title, body);
}

function filter(view, paint) {
  const field = h("input.field-input.data-filter", { type: "search", placeholder: "Filter rows", "aria-label": "Filter rows" });
  field.addEventListener("input", () => {
    view.query = field.value;
    view.page = 0;
    paint();
  });
  return field;
}

function grid(block, head, rows, view, paint) {
  const heading = (cell, at) => {
    const sorted = view.column === at ? (view.down ? "descending" : "ascending") : "none";
    const turn = () => {
      view.down = view.column === at && !view.down;
      view.column = at;
      paint();
    };
    const label = h("button.sort", { type: "button", on: { click: turn } }, draw(cell), icon("caret"));
    return h("th", { scope: "col", "aria-sort": sorted, class: `align-${alignment(null, rows[0]?.[at], at)}` }, label);
  };
  const cellOf = (cell, at) =>
    h(at === block.row_header_column_index ? "th" : "td", { class: `align-${alignment(null, cell, at)}` }, draw(cell));
  const lines = rows.map((row) => h("tr", {}, row.map(cellOf)));
  const empty = !rows.length && h("tr", {}, h("td.muted", { colspan: head.length }, "No rows"));
  return h(
    "div.table-scroll",
    { tabindex: "0" },
    h("table.table", { "aria-label": block.caption }, h("thead", {}, h("tr", {}, head.map(heading))), h("tbody", {}, lines, empty)),
  );
}

function pager(view, pages, total, paint) {
  const go = (step) => () => {
    view.page += step;
    paint();
  };
  const step = (label, by, off) => h("button.btn.small", { type: "button", disabled: off, on: { click: go(by) } }, label);
  return h(
    "div.pager",
    {},
    step("Previous", -1, view.page === 0),
    h("span.muted", {}, `Page ${view.page + 1} of ${pages} · ${total} rows`),
    step("Next", 1, view.page === pages - 1),
  );
}
