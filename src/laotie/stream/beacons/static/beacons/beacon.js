// Tells the market what was seen and chosen, in batches: the sealed token of a slot says which. Nothing else is sent.
//
//   data-slot-token    a card in a list: impression, dwell, click
//   data-view-token    an item's own page: view, dwell
//   data-search-token  a page of results, with data-search-words
import { Post } from "./post.js";

const SEEN_AFTER = 1000; // milliseconds at least half on screen
const SEND_EVERY = 5000; // milliseconds
const post = new Post("/beacon");
const told = new Set();

function tell(kind, token, more = {}) {
  const key = `${kind} ${token}`;
  if (told.has(key)) return; // the market would drop it
  told.add(key);
  post.add({ kind, token, ...more });
}

// On screen for a second is an impression; the whole time on screen is told when the page is left.
const since = new Map();
const dwelt = new Map();
const timers = new Map();

function appear(slot) {
  if (since.has(slot)) return;
  since.set(slot, performance.now());
  const token = slot.dataset.slotToken;
  if (token) timers.set(slot, setTimeout(() => tell("impression", token), SEEN_AFTER));
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
  if (!view) return;
  tell("view", view.dataset.viewToken);
  since.set(view, performance.now()); // a page is on screen as long as it is open, whatever part of it
}

function leave() {
  [...since.keys()].forEach(vanish);
  dwelt.forEach((time, slot) => {
    const token = slot.dataset.slotToken ?? slot.dataset.viewToken;
    if (time >= SEEN_AFTER) tell("dwell", token, { milliseconds: Math.round(time) });
  });
  dwelt.clear();
  post.flush();
}

document.addEventListener("click", (event) => {
  const slot = event.target.closest("[data-slot-token]");
  if (slot) tell("click", slot.dataset.slotToken);
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
document.addEventListener("htmx:load", (event) => watch(event.target));
setInterval(() => post.send(), SEND_EVERY);
watch(document);
