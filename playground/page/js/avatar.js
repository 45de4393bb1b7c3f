/** Faces without pictures: initials on a colour that stays the same for each person, a drawn robot for apps. */

import { h, s } from "./dom.js";
import { nameOf, person, SLACKBOT } from "./store.js";

const TONES = 12;

function toneOf(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % TONES;
}

function initials(name) {
  const words = name.trim().split(/[\s._-]+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...word][0].toUpperCase()).join("") || "?";
}

function robot() {
  return s(
    "svg",
    { viewBox: "0 0 36 36", "aria-hidden": "true" },
    s("path", { class: "robot-line", d: "M18 7v4M12.5 25.5h11" }),
    s("circle", { class: "robot-fill", cx: 18, cy: 6.5, r: 2 }),
    s("rect", { class: "robot-fill", x: 7.5, y: 11, width: 21, height: 18, rx: 5.5 }),
    s("circle", { class: "robot-eye", cx: 14, cy: 18.5, r: 2 }),
    s("circle", { class: "robot-eye", cx: 22, cy: 18.5, r: 2 }),
    s("path", { class: "robot-mouth", d: "M13.5 23.8c2.7 1.7 6.3 1.7 9 0" }),
  );
}

/** @param {string} id Of a person or a bot's user. @param {"tiny" | "small" | "medium" | "large"} size */
export function avatar(id, size = "medium") {
  const one = person(id);
  const isApp = one?.is_bot || !one || id === SLACKBOT;
  const classes = `${size} ${isApp ? "app" : `face-${toneOf(id)}`}`;
  return h("span.avatar", { class: classes, "aria-hidden": "true" }, isApp ? robot() : initials(nameOf(id)));
}
