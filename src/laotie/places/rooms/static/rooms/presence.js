// Being there: seen every quarter of a minute, hearts in batches, and what the stay was like as behaviour.
import { Post } from "../beacons/post.js";

const SEEN_EVERY = 15_000; // milliseconds
const HEARTS_EVERY = 2_000;
const MOST_HEARTS = 60;

export class Presence {
  #hearts = 0;
  #timer = null;
  #minute = 0;
  #told = new Set();
  #since = performance.now();
  #post = new Post("/beacon");

  // `told(beat)` hears how the room is: { seq, state, pulse }.
  constructor({ address, token, told }) {
    Object.assign(this, { address, token, told });
  }

  begin() {
    this.tell("session.entered");
    this.#see();
    setInterval(() => this.#watched(), 60_000);
    setInterval(() => this.#post.send(), 5_000);
    addEventListener("pagehide", () => this.#leave());
  }

  heart() {
    this.#hearts = Math.min(MOST_HEARTS, this.#hearts + 1);
    this.tell("session.liked");
    if (!this.#soon) this.#soon = setTimeout(() => this.#see(), HEARTS_EVERY);
  }
  #soon = null;

  // Once a visit, and for each `which`.
  tell(kind, more = {}) {
    const key = `${kind} ${JSON.stringify(more)}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#post.add({ kind, token: this.token, ...more });
  }

  async #see() {
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#soon = null;
    const hearts = this.#hearts;
    this.#hearts = 0;
    try {
      const answer = await fetch(this.address, { method: "POST", body: JSON.stringify({ token: this.token, hearts }) });
      if (answer.ok) this.told(await answer.json());
    } catch {
      this.#hearts = Math.min(MOST_HEARTS, this.#hearts + hearts); // no network: sent with the next
    }
    this.#timer = setTimeout(() => this.#see(), SEEN_EVERY * (0.9 + 0.2 * Math.random()));
  }

  #watched() {
    if (document.visibilityState === "visible") this.tell("session.watched", { minute: this.#minute });
    this.#minute += 1;
  }

  #leave() {
    this.tell("session.left", { seconds: Math.round((performance.now() - this.#since) / 1000) });
    this.#post.flush();
  }
}
