// The live bus: a connection that hears one room, renewed before its ticket ends, and begun again when it breaks.
// The ticket is in a cookie that no script can read; asking for it is all that is done here.
const SLOWEST = 30_000; // milliseconds between attempts
const SHARE = 0.3; // of the ticket's time over which browsers spread their renewals

export class Bus {
  #connection = null;
  #pause = 500;
  #stopped = false;
  #renewal = null;

  // `ticket()` gives { address, topics, renew_after, seconds } and sets the cookie; `hear(message)` takes what is said;
  // `opened()` is called after each (re)connection, since nothing that was said meanwhile comes again.
  constructor({ script, ticket, hear, opened }) {
    Object.assign(this, { script, ticket, hear, opened });
  }

  get isOpen() {
    return Boolean(this.#connection) && !this.#connection.isClosed();
  }

  async open() {
    if (this.#stopped) return;
    try {
      await this.#begin(await this.ticket());
      this.#pause = 500;
    } catch {
      setTimeout(() => this.open(), this.#pause * (0.5 + Math.random()));
      this.#pause = Math.min(SLOWEST, this.#pause * 2);
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#renewal);
    this.#connection?.close();
  }

  // A new connection before the old one is let go: nothing is missed in between, and what comes twice is known by number.
  async #begin({ address, topics, renew_after: renewAfter, seconds }) {
    if (!address) throw new Error("no bus");
    const { wsconnect } = await import(this.script);
    const fresh = await wsconnect({ servers: [address], reconnect: false, timeout: 5000, noAsyncTraces: true });
    const old = this.#connection;
    this.#connection = fresh;
    const callback = (error, message) => error || this.#told(message);
    for (const topic of topics) fresh.subscribe(topic, { callback });
    fresh.closed().then(() => this.#closed(fresh));
    await fresh.flush();
    this.opened();
    old?.close();
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.open(), 1000 * (renewAfter + Math.random() * SHARE * seconds));
  }

  #told(message) {
    try {
      this.hear(JSON.parse(new TextDecoder().decode(message.data)));
    } catch {
      // not ours to understand: the number of the next message tells whether something is missing
    }
  }

  #closed(connection) {
    if (this.#connection !== connection) return; // renewed
    this.#connection = null;
    clearTimeout(this.#renewal);
    setTimeout(() => this.open(), this.#pause * Math.random());
  }
}
