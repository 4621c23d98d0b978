// Cards drawn from what the room says of them. Places are marked with data-field in the page's own <template>s.
import { now, room } from "./market.js";

const A_DAY = 86_400_000; // milliseconds: a price that holds longer is no race

export function draw(template, card) {
  const piece = document.querySelector(template).content.firstElementChild.cloneNode(true);
  refill(piece, card);
  return piece;
}

export function refill(piece, card) {
  piece.dataset.card = card.id;
  for (const place of piece.querySelectorAll("[data-field]")) place.textContent = words(place.dataset.field, card);
  for (const place of piece.querySelectorAll("[data-if]")) place.hidden = !holds(place.dataset.if, card);
  for (const link of piece.querySelectorAll("[data-product]")) link.href = `/p/${card.product}`;
  for (const button of piece.querySelectorAll("[data-buy]")) {
    button.disabled = card.left === 0;
    button.dataset.buy = card.id;
  }
  const picture = piece.querySelector("img");
  if (picture && card.picture && picture.getAttribute("src") !== card.picture) picture.src = card.picture;
  if (picture) picture.hidden = !card.picture;
  const blank = piece.querySelector(".now-blank");
  if (blank) blank.textContent = card.title.match(/[\p{L}\p{N}]/u)?.[0] ?? "";
  for (const place of piece.querySelectorAll("[data-ends]:not([data-flash-clock])")) place.dataset.ends = card.ends_at;
  flashes(piece, card);
  count(piece);
}

// The flash offer of a card as it is now: what it waits for (`turns_at`) and whether it runs; null once it is over.
export function flashNow(card) {
  const flash = card.flash;
  if (!flash || Date.parse(flash.ends_at) <= now()) return null;
  const runs = Date.parse(flash.starts_at) <= now();
  return { ...flash, runs, turns_at: runs ? flash.ends_at : flash.starts_at };
}

function flashes(piece, card) {
  const place = piece.querySelector("[data-flash]");
  const flash = flashNow(card);
  if (!place) return;
  place.hidden = !flash;
  if (!flash) return;
  place.querySelector("[data-flash-clock]").dataset.ends = flash.turns_at;
  place.querySelector("[data-flash-price]").textContent = `${card.symbol}${flash.price}`;
  place.querySelector("[data-flash-left]").textContent = flash.left;
  place.querySelector("[data-flash-pieces]").textContent = flash.pieces;
  place.querySelector("[data-flash-cap]").textContent = flash.cap;
  Object.assign(place.querySelector("meter"), { max: flash.pieces, value: flash.left });
  const shows = { waits: !flash.runs, runs: flash.runs && flash.left > 0, gone: flash.runs && flash.left === 0, capped: flash.cap > 0 };
  for (const words of place.querySelectorAll("[data-flash-if]")) words.hidden = !shows[words.dataset.flashIf];
}

const TESTS = {
  few: (card) => card.left > 0 && card.left <= 20,
  out: (card) => card.left === 0,
  cheaper: (card) => card.list_price !== "",
  ending: (card) => card.ends_at !== "" && !flashNow(card) && Date.parse(card.ends_at) - now() < A_DAY,
  used: (card) => card.used !== "",
  unused: (card) => card.used === "",
  leading: (card) => card.band === "leading",
  weak: (card) => card.band === "weak",
};
const holds = (test, card) => TESTS[test](card);

function words(field, card) {
  if (field === "few") return room.left.replace("0", card.left);
  if (field === "used_since") return card.used_since;
  return card[field] ?? "";
}

// Countdowns, by the market's clock.
export function count(root) {
  for (const place of root.querySelectorAll("[data-ends]:not([data-ends=''])")) {
    const left = Math.max(0, Math.floor((Date.parse(place.dataset.ends) - now()) / 1000));
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const two = (number) => String(number).padStart(2, "0");
    place.textContent = `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds)}`;
  }
}
