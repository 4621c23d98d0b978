// Tells the market what was seen and chosen, in batches: the sealed token of a slot says which. Nothing else is sent.
const MOST = 50; // events in a batch, as the market takes them
const SEEN_AFTER = 1000; // milliseconds at least half on screen
const told = new Set();
let waiting = [];

function tell(kind, token, more = {}) {
  const key = `${kind} ${token}`;
  if (told.has(key)) return;
  told.add(key);
  waiting.push({ kind, token, at: performance.now(), ...more });
  if (waiting.length >= MOST) send();
}

function send() {
  const now = performance.now();
  while (waiting.length) {
    const events = waiting.splice(0, MOST).map(({ at, ...event }) => ({ ...event, age: Math.round(now - at) }));
    navigator.sendBeacon("/beacon", new Blob([JSON.stringify({ events })], { type: "application/json" }));
  }
}

// Slots: on screen for a second is an impression; the whole time on screen is told when the page is left.
const since = new Map();
const dwelt = new Map();
const timers = new Map();

function appear(slot) {
  if (since.has(slot)) return;
  since.set(slot, performance.now());
  timers.set(slot, setTimeout(() => tell("impression", slot.dataset.slotToken), SEEN_AFTER));
}

function vanish(slot) {
  if (!since.has(slot)) return;
  clearTimeout(timers.get(slot));
  dwelt.set(slot, (dwelt.get(slot) ?? 0) + performance.now() - since.get(slot));
  since.delete(slot);
}

const watcher = new IntersectionObserver(
  (entries) => entries.forEach((entry) => (entry.intersectionRatio >= 0.5 ? appear : vanish)(entry.target)),
  { threshold: [0, 0.5] },
);

function watch(root) {
  root.querySelectorAll("[data-slot-token]").forEach((slot) => watcher.observe(slot));
  const search = root.querySelector("[data-search-token]");
  if (search) tell("search", search.dataset.searchToken, { words: search.dataset.searchWords });
  const view = root.querySelector("[data-view-token]");
  if (view) tell("view", view.dataset.viewToken);
}

function leave() {
  [...since.keys()].forEach(vanish);
  dwelt.forEach((time, slot) => {
    if (time >= SEEN_AFTER) tell("dwell", slot.dataset.slotToken, { milliseconds: Math.round(time) });
  });
  dwelt.clear();
  send();
}

document.addEventListener("click", (event) => {
  const slot = event.target.closest("[data-slot-token]");
  if (slot) tell("click", slot.dataset.slotToken);
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
document.addEventListener("htmx:load", (event) => watch(event.target));
setInterval(send, 5000);
watch(document);
