// A viewer's room: the picture, what is said, what is shown, and the till beside it.
import { count, draw, refill } from "./cards.js";
import { Chat } from "./chat.js";
import { Coupons } from "./coupons.js";
import { offer, showMode, wish } from "./delay.js";
import { follow } from "./follow.js";
import { Plays } from "./plays.js";
import { call, room, say } from "./market.js";

const $ = (selector) => document.querySelector(selector);
const chat = new Chat($("#lines"));
const coupons = new Coupons($("#coupons"));
const plays = new Plays($("#plays"));
let watching = false;

// The slate stands wherever there is no picture: before the first one, and while the host is away.
function slate(state) {
  $("#slate").hidden = state === "live";
  document.querySelectorAll("[data-slate]").forEach((words) => {
    words.hidden = words.dataset.slate !== (state === "dropped" ? "dropped" : "waiting");
  });
}

async function picture(state) {
  if (state.room.state !== "on_air" || !room.playlist || watching) return;
  watching = true;
  const { watch } = await import(new URL(room.player, location.href).href);
  offer(watch($("#video"), room.playlist, { onstate: slate, onmode: showMode, mode: wish() }));
}

function showNow(state) {
  const card = state.cards.find((each) => each.id === state.explaining.card);
  const place = $("#now");
  place.hidden = !card;
  if (!card) return place.replaceChildren();
  const drawn = place.firstElementChild;
  if (drawn?.dataset.card === card.id) refill(drawn, card);
  else place.replaceChildren(draw("#now-template", card));
  presence?.tell("card.shown", { card: card.id });
}

function showList(state) {
  const list = $("#cards");
  const ids = state.cards.map((card) => card.id).join();
  if (list.dataset.ids !== ids) list.replaceChildren(...state.cards.map((card) => draw("#card-template", card)));
  list.dataset.ids = ids;
  state.cards.forEach((card, place) => {
    refill(list.children[place], card);
    list.children[place].classList.toggle("explaining", card.id === state.explaining.card);
  });
  document.querySelectorAll("[data-cards-count]").forEach((place) => { place.textContent = state.cards.length; });
}

function tick() {
  const { cards } = followed.follower.state;
  for (const piece of document.querySelectorAll(".now-card, #cards .room-card")) {
    const card = cards.find((each) => each.id === piece.dataset.card);
    if (card?.flash) refill(piece, card);
  }
  coupons.show(followed.follower.state.coupons);
  plays.show(followed.follower.state);
  count(document);
}
coupons.changed = () => tick();
plays.changed = () => tick();

let presence = null;
function changed(state, before) {
  if (before && before.room.state !== state.room.state) return location.reload();
  if (!before || before.lines !== state.lines) chat.show(state.lines);
  if (!before || before.cards !== state.cards || before.explaining !== state.explaining) {
    showNow(state);
    showList(state);
  }
  coupons.show(state.coupons);
  plays.show(state);
  $("#viewers").textContent = Math.max(1, state.pulse.viewers);
  $("#likes").textContent = state.pulse.likes || "";
  picture(state);
}

const followed = follow(changed);
presence = followed.presence;
if (room.state === "on_air") presence.begin();
showNow(followed.follower.state);
setInterval(tick, 500); // clocks run, and a flash offer begins and ends by the clock

$("#say")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.words;
  const words = field.value.trim();
  if (!words) return;
  field.value = "";
  try {
    await call(room.lines, { method: "POST", body: { words } });
  } catch (error) {
    field.value = words;
    say(error.message);
  }
});

$("#heart")?.addEventListener("click", (event) => {
  presence.heart();
  const heart = $("#heart-template").content.firstElementChild.cloneNode(true);
  event.currentTarget.append(heart);
  heart.addEventListener("animationend", () => heart.remove());
});

function openTill(card) {
  presence.tell("card.opened", { card });
  window.htmx.ajax("GET", room.till.replace("CARD", card), { target: "#till-place", swap: "innerHTML" });
  const till = $("#till");
  if (!till.open) till.show(); // not modal: the picture stays in reach beside it
}

document.addEventListener("click", (event) => {
  const buy = event.target.closest("button[data-buy]");
  if (buy) { $("#sheet").close?.(); openTill(buy.dataset.buy); }
  const show = event.target.closest("[data-show]");
  if (show) {
    const sheet = $(show.dataset.show);
    sheet.open ? sheet.close() : sheet.show();
    followed.follower.state.cards.forEach((card) => presence.tell("card.shown", { card: card.id }));
  }
  event.target.closest("[data-shut]")?.closest("dialog")?.close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
});
const video = $("#video");
function showSound() {
  $("#sound").hidden = false;
  $("#sound").setAttribute("aria-pressed", String(!video.muted));
}
video.addEventListener("volumechange", showSound);
video.addEventListener("playing", showSound);
$("#sound").addEventListener("click", () => { video.muted = !video.muted; });
if (room.opened) openTill(room.opened);
