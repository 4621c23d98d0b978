// Coupons of a room: what they take off, until when, and whose they are.
import { count } from "./cards.js";
import { call, now, room, say } from "./market.js";

export const isOver = (coupon) => Date.parse(coupon.ends_at) <= now();

export function wordsOf(coupon, place) {
  const money = (amount) => `${coupon.symbol}${amount}`;
  place.textContent = place.dataset.words.replace("OFF", money(coupon.amount)).replace("FROM", money(coupon.threshold));
}

// A viewer's: one button a coupon, pressed once.
export class Coupons {
  constructor(list) {
    this.list = list;
    this.had = new Set(list.dataset.had.split(" ").filter(Boolean));
    this.template = document.querySelector("#coupon-template");
    list.addEventListener("click", (event) => this.#take(event.target.closest(".coupon")));
  }

  show(coupons) {
    const shown = coupons.filter((coupon) => !isOver(coupon) && (!coupon.gone || this.had.has(coupon.id)));
    const key = JSON.stringify([shown.map((coupon) => [coupon.id, coupon.gone]), [...this.had]]);
    if (this.list.dataset.key === key) return;
    this.list.dataset.key = key;
    this.list.hidden = !shown.length;
    this.list.replaceChildren(...shown.map((coupon) => this.#draw(coupon)));
    count(this.list);
  }

  #draw(coupon) {
    const piece = this.template.content.firstElementChild.cloneNode(true);
    const had = this.had.has(coupon.id);
    const shows = { open: !had && !coupon.gone, had, gone: !had && coupon.gone };
    for (const words of piece.querySelectorAll("[data-coupon-if]")) words.hidden = !shows[words.dataset.couponIf];
    wordsOf(coupon, piece.querySelector("[data-coupon-words]"));
    piece.querySelector("[data-coupon-shop]").textContent = coupon.shop;
    piece.querySelector("[data-ends]").dataset.ends = coupon.ends_at;
    Object.assign(piece.dataset, { coupon: coupon.id });
    piece.disabled = !shows.open;
    return piece;
  }

  async #take(piece) {
    if (!piece || piece.disabled) return;
    if (!room.signedIn) return location.assign(room.signIn);
    piece.disabled = true;
    try {
      await call(`${room.api}/coupons/${piece.dataset.coupon}/claim`, { method: "POST", body: {} });
      this.had.add(piece.dataset.coupon);
    } catch (error) {
      say(error.message);
      piece.disabled = false;
    }
    this.list.dataset.key = "";
    this.changed?.();
  }
}
