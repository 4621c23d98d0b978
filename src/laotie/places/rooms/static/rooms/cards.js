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
  for (const place of piece.querySelectorAll("[data-ends]")) place.dataset.ends = card.ends_at;
  count(piece);
}

const TESTS = {
  few: (card) => card.left > 0 && card.left <= 20,
  out: (card) => card.left === 0,
  cheaper: (card) => card.list_price !== "",
  ending: (card) => card.ends_at !== "" && Date.parse(card.ends_at) - now() < A_DAY,
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
