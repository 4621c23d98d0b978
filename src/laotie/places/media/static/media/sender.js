// Sends chunks of a recording, a few at a time, again and again until the market has them. Bounded: what a network
// cannot carry is dropped oldest first, as whole runs, and counted.
import { Meter } from "./meter.js";

export const STATES = ["connecting", "live", "slow", "offline", "ended", "refused", "taken", "no-device"];

const AT_ONCE = 8; // chunks in flight: a round trip may take as long as eight slices
const MOST_BYTES = 12 * 1024 * 1024;
const MOST_SECONDS = 20;
const FIRST_PAUSE = 250; // milliseconds, doubling
const LONGEST_PAUSE = 4000;
const PATIENCE = 10_000; // milliseconds a chunk may take to be answered
const FATAL = { 403: "refused", 404: "refused", 409: "taken", 410: "ended", 413: "refused", 415: "refused", 422: "refused" };

export class Sender {
  // { state, sentence, bitsPerSecond, roundTrip (ms), waiting (s), lost (s) }
  onstatus = () => {};
  onoverflow = () => {}; // begin a new run, please
  onover = () => {}; // nothing more will be taken
  #url;
  #token;
  #fetchToken;
  #slice;
  #waiting = [];
  #flying = 0;
  #pause = 0;
  #notBefore = 0;
  #state = "connecting";
  #sentence = "";
  #lost = 0;
  #meter = new Meter();
  #drained = [];

  constructor(url, token, slice) {
    this.#url = url;
    this.#fetchToken = typeof token === "function" ? token : null;
    this.#token = this.#fetchToken ? null : token;
    this.#slice = slice;
  }

  // A run to add blobs to, in order.
  begin() {
    const name = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    const run = { name, next: 0, dropped: false };
    return { add: (blob) => this.#add(run, blob, false), end: () => this.#add(run, new Blob([]), true) };
  }

  // Resolves when nothing waits any more, or nothing more will be taken.
  drain() {
    if (!this.#waiting.length && !this.#flying) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  #add(run, blob, last) {
    if (run.dropped || this.#isOver()) return;
    this.#waiting.push({ run, blob, last, number: run.next++, at: performance.now() });
    if (this.#isFull()) this.#overflow(run);
    this.#pump();
  }

  #isFull() {
    const bytes = this.#waiting.reduce((sum, chunk) => sum + chunk.blob.size, 0);
    return bytes > MOST_BYTES || this.#seconds(this.#waiting) > MOST_SECONDS;
  }

  // A hole in a run would spoil what comes after it, so all that waits goes, and a new run begins with a keyframe.
  #overflow(run) {
    this.#lost += this.#seconds(this.#waiting);
    this.#waiting.forEach((chunk) => (chunk.run.dropped = true));
    this.#waiting = [];
    run.dropped = true;
    this.onoverflow();
  }

  #pump() {
    if (this.#isOver() || performance.now() < this.#notBefore) return;
    while (this.#flying < AT_ONCE && this.#waiting.length) this.#send(this.#waiting.shift());
  }

  async #send(chunk) {
    this.#flying += 1;
    const began = performance.now();
    let status = await this.#post(chunk);
    if (status === 403 && this.#fetchToken) {
      this.#token = null; // it may have expired while this browser was away: once more with a fresh one
      status = await this.#post(chunk);
    }
    this.#flying -= 1;
    if (status === 200 || status === 201) this.#arrived(chunk, performance.now() - began);
    else if (FATAL[status]) this.#over(FATAL[status]);
    else this.#again(chunk, status);
    this.#tell();
    this.#pump();
    if (!this.#waiting.length && !this.#flying) this.#drained.splice(0).forEach((resolve) => resolve());
  }

  // The answer's status; 0 where there was none.
  async #post({ run, number, blob, last }) {
    try {
      this.#token ??= await this.#fetchToken();
      const answer = await fetch(`${this.#url}${run.name}/${number}${last ? "?last" : ""}`, {
        method: "POST",
        body: blob,
        headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/octet-stream" },
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.#token = answer.headers.get("Laotie-Token") ?? this.#token;
      if (FATAL[answer.status]) this.#sentence = (await answer.json().catch(() => ({}))).sentence ?? "";
      return answer.status;
    } catch {
      return 0;
    }
  }

  #arrived(chunk, roundTrip) {
    this.#pause = 0;
    this.#meter.add(chunk.blob.size, roundTrip);
    this.#state = this.#seconds(this.#waiting) > 2 ? "slow" : "live";
  }

  #again(chunk, status) {
    if (!chunk.run.dropped) {
      this.#waiting.push(chunk);
      this.#waiting.sort((one, other) => one.at - other.at);
    }
    this.#state = status ? "slow" : "offline";
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2 || FIRST_PAUSE);
    this.#notBefore = performance.now() + this.#pause;
    setTimeout(() => this.#pump(), this.#pause);
  }

  #over(state) {
    if (this.#isOver()) return;
    this.#state = state;
    this.#waiting = [];
    this.onover();
  }

  #isOver() {
    return ["ended", "refused", "taken"].includes(this.#state);
  }

  #seconds(chunks) {
    return (chunks.length * this.#slice) / 1000;
  }

  #tell() {
    this.onstatus({
      state: this.#state,
      sentence: this.#sentence,
      ...this.#meter.read(),
      waiting: this.#seconds(this.#waiting),
      lost: this.#lost,
    });
  }
}
