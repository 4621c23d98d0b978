// What the network carried in the last seconds.
const WINDOW = 5000; // milliseconds

export class Meter {
  #sent = [];

  add(bytes, roundTrip) {
    const now = performance.now();
    this.#sent.push({ at: now, bytes, roundTrip });
    this.#sent = this.#sent.filter((one) => now - one.at < WINDOW);
  }

  read() {
    const now = performance.now();
    const recent = this.#sent.filter((one) => now - one.at < WINDOW);
    const bytes = recent.reduce((sum, one) => sum + one.bytes, 0);
    const trips = recent.map((one) => one.roundTrip).sort((one, other) => one - other);
    const span = recent.length ? Math.max(1000, now - recent[0].at) : WINDOW;
    return { bitsPerSecond: Math.round((bytes * 8000) / span), roundTrip: Math.round(trips[trips.length >> 1] ?? 0) };
  }
}
