/** Listens to what happens in the workspace; comes back by itself, slower each time, and says so. */

import { emit, store } from "./store.js";

const FIRST_MS = 300;
const LONGEST_MS = 8000;

/** Start listening. `handle` gets each note; `again` is called when the feed stands again after a gap. */
export function startFeed(handle, again) {
  let wait = FIRST_MS;
  let fresh = true;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/play/feed?as=${encodeURIComponent(store.as)}`);
    socket.addEventListener("open", () => {
      wait = FIRST_MS;
      store.online = true;
      emit("online");
      if (!fresh) again();
      fresh = false;
    });
    socket.addEventListener("message", (event) => handle(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      store.online = false;
      fresh = false;
      emit("online");
      setTimeout(connect, wait);
      wait = Math.min(LONGEST_MS, wait * 2);
    });
  };
  connect();
}
