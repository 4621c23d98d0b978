// Events on their way: a bounded queue that is sent in batches, and sent again where the market says it could not keep
// them. Sending twice is safe: the market knows each event by its token.
const MOST = 50; // events in a batch, as the market takes them
const MOST_WAITING = 500; // the oldest go when a market is away for long
const SLOWEST = 80_000; // milliseconds between attempts

export class Post {
  #waiting = [];
  #sending = false;
  #pause = 0;
  #notBefore = 0;

  constructor(address) {
    this.address = address;
  }

  add(event) {
    this.#waiting.push({ ...event, at: performance.now() });
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (this.#waiting.length >= MOST) this.send();
  }

  // One batch, kept until the market has it.
  async send() {
    if (this.#sending || !this.#waiting.length || performance.now() < this.#notBefore) return;
    this.#sending = true;
    const batch = this.#waiting.slice(0, MOST);
    if (await this.#kept(batch)) {
      this.#waiting = this.#waiting.filter((event) => !batch.includes(event));
      this.#pause = 0;
    } else {
      this.#pause = Math.min(SLOWEST, this.#pause * 2 || 5000);
    }
    this.#notBefore = performance.now() + this.#pause;
    this.#sending = false;
  }

  // Everything, now: the page is being left and nobody will hear the answer.
  flush() {
    while (this.#waiting.length) navigator.sendBeacon(this.address, this.#body(this.#waiting.splice(0, MOST)));
  }

  async #kept(batch) {
    try {
      const answer = await fetch(this.address, { method: "POST", body: this.#body(batch), keepalive: true });
      return answer.status !== 503 && answer.status !== 429;
    } catch {
      return false; // no network
    }
  }

  #body(batch) {
    const now = performance.now();
    const events = batch.map(({ at, ...event }) => ({ ...event, age: Math.round(now - at) }));
    return new Blob([JSON.stringify({ events })], { type: "application/json" });
  }
}
