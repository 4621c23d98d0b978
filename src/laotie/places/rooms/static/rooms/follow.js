// A room followed over the bus, with the market itself as the fallback: state, ticket, presence in one.
import { Bus } from "./bus.js";
import { call, room, setClock } from "./market.js";
import { Presence } from "./presence.js";
import { Follower } from "./state.js";

const ASK_WITHOUT_BUS = 3_000; // milliseconds

export function follow(changed) {
  const state = JSON.parse(document.querySelector("#room-state").textContent);
  setClock(state.now);
  const follower = new Follower({ state, ask: (seq) => call(`${room.since}?seq=${seq}`), changed });
  const bus = new Bus({
    script: new URL(room.bus, location.href).href,
    ticket: () => call(room.ticket, { method: "POST", body: {} }),
    hear: (message) => follower.hear(message),
    opened: () => follower.catchUp(),
  });
  const presence = new Presence({
    address: room.here,
    token: room.token,
    told: ({ seq, pulse }) => follower.hear({ kind: "tick", seq, body: pulse }),
  });
  if (state.room.state === "on_air" || state.room.state === "announced" || room.desk) bus.open();
  setInterval(() => bus.isOpen || document.hidden || follower.catchUp(), ASK_WITHOUT_BUS);
  document.addEventListener("visibilitychange", () => document.hidden || follower.catchUp());
  changed(state, null);
  return { follower, bus, presence };
}
