// A stream's bytes with little delay: slices as the bus says them, and over HTTP what it did not. In order, each once.
//
//   const slices = new Slices("/media/<stream>/", { begin, more, fell });
//   begin({ codecs, at, take, content }): a decoder is set up anew from `content`, whose pictures begin at `at` seconds
//   more(content): what follows · fell(why): it cannot go on ("away", "slow")
const HEAD = 17; // bytes: version 1, take 4, epoch 4, start 8
const PATIENCE = 5000; // milliseconds
const ATTEMPTS = 3;
const MOST_WAITING = 8 * 1024 * 1024; // bytes
const SHARE = 0.3; // of a ticket's time over which browsers spread their renewals

export class Slices {
  #address;
  #told;
  #script;
  #connection = null;
  #renewal = null;
  #failed = 0;
  #stopped = false;
  #take = -1;
  #epoch = null;
  #next = 0; // the byte that is wanted next
  #busy = false;
  #waiting = [];

  constructor(address, told, script = new URL("../vendor/nats.js", import.meta.url).href) {
    this.#address = address;
    this.#told = told;
    this.#script = script;
  }

  async open() {
    try {
      await this.#connect();
      if (this.#take < 0) await this.#fetch(false);
    } catch {
      this.#broken();
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#renewal);
    this.#connection?.close();
    this.#connection = null;
  }

  // A new connection before the old one is let go; what comes twice is known by its place.
  async #connect() {
    const given = await asked(`${this.#address}ticket`, { method: "POST" });
    if (!given.ok) return this.#fall(given.status === 429 ? "full" : "away");
    const { address, subject, renew_after: renewAfter, seconds } = await given.json();
    if (!address) return this.#fall("away");
    const { wsconnect } = await import(this.#script);
    const fresh = await wsconnect({ servers: [address], reconnect: false, timeout: PATIENCE, noAsyncTraces: true });
    if (this.#stopped) return fresh.close();
    const old = this.#connection;
    this.#connection = fresh;
    fresh.subscribe(subject, { callback: (error, message) => error || this.#hear(message.data) });
    fresh.closed().then(() => this.#connection === fresh && this.#broken());
    await fresh.flush();
    old?.close();
    this.#failed = 0;
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.open(), 1000 * (renewAfter + Math.random() * SHARE * seconds));
  }

  #broken() {
    if (this.#stopped) return;
    this.#connection = null;
    if (++this.#failed > ATTEMPTS) this.#fall("away");
    else setTimeout(() => this.#stopped || this.open(), 250 * 2 ** this.#failed * Math.random());
  }

  #fall(why) {
    if (this.#stopped) return;
    this.stop();
    this.#told.fell(why);
  }

  #hear(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < HEAD || view.getUint8(0) !== 1) return;
    const [take, epoch] = [view.getUint32(1), view.getUint32(5)];
    this.#waiting.push({ take, epoch, start: Number(view.getBigUint64(9)), content: bytes.slice(HEAD) });
    if (this.#waiting.reduce((sum, slice) => sum + slice.content.length, 0) > MOST_WAITING) this.#fall("slow");
    this.#go();
  }

  // Everything that waits, as far as it joins on to what was given.
  async #go() {
    while (!this.#busy && this.#waiting.length && this.#take >= 0 && !this.#stopped) {
      const slice = this.#waiting[0];
      if (slice.take < this.#take) {
        this.#waiting.shift();
        continue;
      }
      this.#epoch ??= slice.epoch;
      const anew = slice.take !== this.#take || slice.epoch !== this.#epoch;
      if (anew || slice.start > this.#next) {
        this.#epoch = slice.epoch;
        await this.#fetch(!anew).catch(() => this.#broken());
        if (this.#take !== slice.take || this.#next < slice.start) this.#waiting.shift();
        continue;
      }
      this.#waiting.shift();
      const known = this.#next - slice.start;
      if (known >= slice.content.length) continue;
      this.#next = slice.start + slice.content.length;
      this.#told.more(slice.content.subarray(known));
    }
  }

  // What is newest, or what was missed.
  async #fetch(missed) {
    this.#busy = true;
    try {
      const answer = await asked(`${this.#address}newest${missed ? `?take=${this.#take}&from=${this.#next}` : ""}`);
      if (answer.status !== 200) throw new Error("nothing there");
      const said = (name) => answer.headers.get(`Laotie-${name}`);
      const content = new Uint8Array(await answer.arrayBuffer());
      const init = Number(said("Init"));
      this.#take = Number(said("Take"));
      this.#next = Number(said("Start")) + content.length - init;
      if (init) this.#told.begin({ codecs: said("Codecs"), at: Number(said("At")), take: this.#take, content });
      else if (content.length) this.#told.more(content);
    } finally {
      this.#busy = false;
    }
    this.#go();
  }
}

function asked(address, more = {}) {
  return fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...more });
}
