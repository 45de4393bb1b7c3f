/** One floating panel at a time, beside the thing that opened it; it goes with Escape, a click elsewhere or a scroll. */

import { h } from "./dom.js";

/** @type {{panel: HTMLElement, anchor: HTMLElement, stop: AbortController, onClose?: () => void} | null} */
let open = null;
const GAP = 6;

/** Close the panel, if there is one. @param {boolean} refocus Give the focus back to what opened it. */
export function closePopover(refocus = false) {
  if (!open) return;
  const { panel, anchor, stop, onClose } = open;
  open = null;
  stop.abort();
  panel.remove();
  anchor.setAttribute("aria-expanded", "false");
  onClose?.();
  if (refocus) anchor.focus();
}

/** Whether the panel of `anchor` is the open one. */
export const isOpenAt = (anchor) => open?.anchor === anchor;

/**
 * Open a panel at `anchor`; a second call at the same anchor closes it.
 * @param {HTMLElement} anchor
 * @param {Node[]} content
 * @param {{classes?: string, wide?: boolean, role?: string, label?: string, onClose?: () => void}} [how]
 */
export function openPopover(anchor, content, how = {}) {
  const again = isOpenAt(anchor);
  closePopover();
  if (again) return null;
  const panel = h("div.popover", { class: how.classes ?? "", role: how.role, "aria-label": how.label }, content);
  const stop = new AbortController();
  // Inside a modal dialog everything outside it is inert, so the panel goes where its anchor is.
  (anchor.closest("dialog") ?? document.body).append(panel);
  open = { panel, anchor, stop, onClose: how.onClose };
  anchor.setAttribute("aria-expanded", "true");
  if (how.wide) panel.style.minWidth = `${anchor.getBoundingClientRect().width}px`;
  place(panel, anchor);
  listen(panel, anchor, stop.signal);
  return panel;
}

function listen(panel, anchor, signal) {
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) closePopover();
  };
  document.addEventListener("pointerdown", outside, { signal, capture: true });
  document.addEventListener("scroll", outside, { signal, capture: true });
  addEventListener("resize", () => closePopover(), { signal });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    closePopover(true);
  });
}

/** Put the panel below its anchor, or above where there is more room, and never past the window's edges. */
export function place(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  panel.style.maxHeight = "";
  const size = panel.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP * 2;
  const above = box.top - GAP * 2;
  const up = size.height > below && above > below;
  panel.style.maxHeight = `${Math.max(140, up ? above : below)}px`;
  const height = Math.min(size.height, Math.max(140, up ? above : below));
  panel.style.top = `${up ? box.top - GAP - height : box.bottom + GAP}px`;
  panel.style.left = `${Math.max(GAP, Math.min(box.left, innerWidth - size.width - GAP))}px`;
}

/**
 * A menu of commands.
 * @param {HTMLElement} anchor
 * @param {{label: Node | string, danger?: boolean, run: () => void}[]} items
 */
export function openMenu(anchor, items, label) {
  const rows = items.map((item) =>
    h(
      "button.menu-item",
      {
        type: "button",
        role: "menuitem",
        class: item.danger ? "danger" : "",
        on: {
          click: () => {
            closePopover(true);
            item.run();
          },
        },
      },
      item.label,
    ),
  );
  const panel = openPopover(anchor, rows, { classes: "menu", role: "menu", label });
  if (!panel) return;
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = rows.indexOf(document.activeElement);
    rows[(at + step + rows.length) % rows.length].focus();
  });
  rows[0]?.focus();
}
