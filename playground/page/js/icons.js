/** Line icons on a 20×20 grid, drawn here so that no asset comes from anywhere else. */

import { s } from "./dom.js";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.3h14M2.5 12.7h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3.5l7 6M5 8.5V17h3.5v-5h3v5H15V8.5",
  chat: "M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14H9.5L6 17.2V14H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4z",
  people: "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.3-5 5.5-5s5.5 2 5.5 5M13 4.2a2.7 2.7 0 0 1 0 5.2M14.8 11.8c2 .6 3.2 2.3 3.2 4.7",
  close: "M5 5l10 10M15 5 5 15",
  send: "M3 3.5 17.5 10 3 16.5l2-6.5zM5 10h6",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  reply: "M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14H9.5L6 17.2V14H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4zM6.5 7.5h7M6.5 10.5h4.5",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  caret: "M5.5 8 10 12.5 14.5 8",
  right: "M8 5.5 12.5 10 8 14.5",
  check: "M4 10.5 8 14.5 16 6",
  flask: "M7.5 3h5M8.5 3v5L4 15.2A1.3 1.3 0 0 0 5.2 17h9.6a1.3 1.3 0 0 0 1.2-1.8L11.5 8V3M6 12.5h8",
  copy: "M7 7h9v10H7zM4 13V3h9",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  bolt: "M11 2.5 4 11.5h5l-1 6 7-9h-5z",
  back: "M16 10H4M9 5l-5 5 5 5",
  plus: "M10 4v12M4 10h12",
  pencil: "M4 16l.8-3.5L13.5 3.8l2.7 2.7L7.5 15.2z",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17.5 17.5",
  at: "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM13 7v4.5c0 2 4 2.2 4-1.5a7 7 0 1 0-3 5.7",
  slash: "M13 3 7 17",
  list: "M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01",
  grid: "M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z",
  swap: "M4 7h12l-3-3M16 13H4l3 3",
  alert: "M10 3 1.8 17h16.4zM10 8v4M10 14.5v.01",
  info: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.2v.01",
  star: "M10 2.8 12.2 7.5l5.1.600-3.8 3.5 1 5-4.5-2.5-4.5 2.5 1-5L2.7 8.1l5.1-.6z",
  file: "M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4",
};

/**
 * Draw the icon `name`, hidden from assistive technology: whatever carries it has its own label.
 * @param {keyof PATHS} name
 */
export function icon(name, classes = "") {
  return s(
    "svg",
    { viewBox: "0 0 20 20", class: `icon ${classes}`, "aria-hidden": "true", focusable: "false" },
    s("path", { d: PATHS[name] ?? PATHS.info }),
  );
}
