// A host's desk: one's own picture, the cards, what is said, and who is there.
import { count, flashNow } from "./cards.js";
import { Chat } from "./chat.js";
import { isOver, wordsOf } from "./coupons.js";
import { follow } from "./follow.js";
import { call, now, room, say } from "./market.js";
import { Plays } from "./plays.js";
import { Studio } from "./studio.js";

const ASIDE_EVERY = 4_000; // milliseconds
const $ = (selector) => document.querySelector(selector);
const chat = new Chat($("#lines"));
const act = (path, options) => call(`${room.api}${path}`, options).catch((error) => say(error.message));

const plays = $("#plays") ? new Plays($("#plays"), { hosts: true }) : null;
let leaving = false; // a form of this page is on its way: its answer is the next page, not a reload
document.addEventListener("submit", (event) => { leaving ||= event.target.method === "post" && !event.defaultPrevented; });

function changed(state, before) {
  if (before && before.room.state !== state.room.state) {
    if (!leaving) location.reload();
    return;
  }
  if (!before || before.lines !== state.lines) { chat.show(state.lines); addActs(); }
  if (!before || before.cards !== state.cards || before.explaining !== state.explaining) showCards(state);
  $("#viewers").textContent = state.pulse.viewers;
  $("#likes").textContent = state.pulse.likes;
}

function showCards(state) {
  $("#stop-explaining").hidden = !state.explaining.card;
  for (const piece of document.querySelectorAll(".desk-card")) {
    const card = state.cards.find((each) => each.id === piece.dataset.card);
    piece.hidden = !card;
    if (!card) continue;
    const shown = card.id === state.explaining.card;
    piece.classList.toggle("explaining", shown);
    piece.querySelector("[data-explain]").setAttribute("aria-pressed", String(shown));
    piece.querySelector("[data-price]").textContent = `${card.symbol}${card.price}`;
    piece.querySelector("[data-left]").textContent = card.left;
    showFlash(piece.querySelector("[data-flash]"), card);
  }
}

function showHanded({ coupons }) {
  const list = $("#handed");
  const shown = coupons.filter((coupon) => !isOver(coupon));
  const key = JSON.stringify(shown.map((coupon) => [coupon.id, coupon.gone]));
  if (!list || list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...shown.map((coupon) => {
    const piece = $("#handed-template").content.firstElementChild.cloneNode(true);
    wordsOf(coupon, piece.querySelector("[data-coupon-words]"));
    piece.querySelector("[data-ends]").dataset.ends = coupon.ends_at;
    piece.querySelector("[data-gone]").hidden = !coupon.gone;
    piece.querySelector("[data-take-back]").hidden = coupon.gone;
    piece.querySelector("[data-take-back]").dataset.takeBack = coupon.id;
    return piece;
  }));
}

function showFlash(piece, card) {
  const flash = flashNow(card);
  piece.hidden = !flash;
  if (!flash) return;
  piece.querySelector("[data-flash-price]").textContent = `${card.symbol}${flash.price}`;
  piece.querySelector("[data-flash-left]").textContent = flash.left;
  piece.querySelector("[data-flash-pieces]").textContent = flash.pieces;
  piece.querySelector("[data-flash-waits]").hidden = flash.runs;
  piece.querySelector("[data-ends]").dataset.ends = flash.turns_at;
  count(piece);
}

function addActs() {
  for (const line of document.querySelectorAll("#lines .line:not(:has(.line-menu)):not(.line-host)")) {
    line.append($("#line-acts").content.firstElementChild.cloneNode(true));
  }
}

const { follower } = follow(changed);
document.addEventListener("htmx:afterSwap", () => showCards(follower.state));
setInterval(() => { showCards(follower.state); showHanded(follower.state); plays?.show(follower.state); count(document); }, 500); // clocks run, and a flash offer begins and ends by the clock

// One sheet for everything that is done on air: its buttons fill it, and what was done closes it.
const sheet = $("#desk-sheet");
document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-sheet]");
  if (opens) {
    $("#desk-sheet-place").replaceChildren();
    $("#desk-sheet-title").textContent = opens.getAttribute("aria-label") || opens.textContent;
    sheet.showModal();
  }
  if (event.target.closest("[data-shut]")) sheet.close();
});
document.body.addEventListener("desk-done", () => sheet.close());

document.addEventListener("click", (event) => {
  const explain = event.target.closest("[data-explain]");
  if (explain) act(`/cards/${explain.dataset.explain}/explain`, { method: "POST", body: {} });
  if (event.target.closest("#stop-explaining")) act("/explaining", { method: "DELETE" });
  const answered = event.target.closest("[data-answer]");
  if (answered) act(`/lines/${answered.dataset.answer}/answer`, { method: "POST", body: {} }).then(lookAside);
  const back = event.target.closest("[data-take-back]");
  if (back) act(`/coupons/${back.dataset.takeBack}`, { method: "DELETE" });
  const line = event.target.closest(".line")?.dataset.line;
  if (!line) return;
  const muting = event.target.closest("[data-mute]");
  if (event.target.closest("[data-hide]")) act(`/lines/${line}`, { method: "DELETE" });
  if (muting) act(`/lines/${line}/mute`, { method: "POST", body: { minutes: Number(muting.dataset.mute) } });
  if (event.target.closest("[data-ban]")) act(`/lines/${line}/ban`, { method: "POST", body: {} });
  event.target.closest(".menu-items")?.closest("details")?.removeAttribute("open");
});

$("#say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.words;
  const words = field.value.trim();
  if (!words) return;
  field.value = "";
  const said = await act("/lines", { method: "POST", body: { words } });
  if (!said) field.value = words;
});

async function lookAside() {
  if (document.hidden) return;
  await window.htmx?.ajax("GET", room.aside, { target: "#aside", swap: "innerHTML" });
}
lookAside();
setInterval(lookAside, ASIDE_EVERY);

setInterval(() => {
  const time = $("#airtime");
  if (!time.dataset.from) return;
  const seconds = Math.max(0, Math.floor((now() - Date.parse(time.dataset.from)) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  time.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}, 1000);

const studio = $("#camera") ? new Studio() : null;
studio?.begin(room.state === "on_air");

// What is on its way is sent before the session ends: whatever came after it would be refused. Before anybody else sees
// the form as sent, and after the host was asked whether it is meant.
let packed = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!studio || packed || !form.matches("[data-ends-session]") || !form.elements.confirmed) return;
  event.preventDefault();
  packed = true;
  await studio.stop();
  form.requestSubmit(event.submitter ?? undefined);
}, true);
