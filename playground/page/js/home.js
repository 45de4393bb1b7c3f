/** The bot's Home tab: what it published for the acting person, or a word about why there is nothing. */

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { contextOf } from "./blocks/context.js";
import { blocks } from "./blocks/index.js";
import { fill, h } from "./dom.js";
import { showJson } from "./rawjson.js";
import { on, store } from "./store.js";

/** @type {HTMLElement | null} */
let place = null;

/** The tab's element; it asks the bot to publish, as opening the tab does in Slack. */
export function homeTab() {
  place = h("div.home", { role: "tabpanel", "aria-label": "Home", tabindex: "0" });
  draw();
  load();
  return place;
}

async function load() {
  const before = await api.fetchHome();
  if (before.view !== undefined) homeChanged(before.view);
  await api.openHome();
}

/** The bot published a Home. */
export function homeChanged(view) {
  store.home = view;
  draw();
}

function draw() {
  if (!place) return;
  const view = store.home;
  if (!view) {
    const { bot } = store.state;
    const words = bot.connected
      ? `${bot.name} has not published a Home for you yet.`
      : `${bot.name} is not connected, so it cannot publish its Home.`;
    fill(place, h("div.empty", {}, avatar(bot.user_id, "large"), h("h3", {}, `This is ${bot.name}'s Home`), h("p.muted", {}, words)));
    return;
  }
  const top = place.scrollTop;
  fill(place, h("div.home-sheet", {}, blocks(view.blocks, contextOf({ type: "view", view_id: view.id }, "home"))));
  place.scrollTop = top;
}

on("show-home-json", () => showJson("Home JSON", store.home));
