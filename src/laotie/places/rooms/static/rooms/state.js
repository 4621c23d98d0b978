// The state of a room, kept true: the state at some number + the events after it = the state now, whatever was lost,
// came twice or in the wrong order on the way. Knows no page and no network.
export const LINES = 100; // as contracts.LINES
const MOST_HELD = 500;
const SHOWN = 10; // as queries.SHOWN

const byPosition = (one, other) => one.position - other.position;

const key = (each) => `${each.at} ${each.id}`;
const byTime = (one, other) => (key(one) < key(other) ? -1 : 1);

const replaced = (all, one) => [...all.filter((each) => each.id !== one.id), one].sort(byTime);

const FOLDS = {
  room: (state, body) => ({ ...state, room: { ...state.room, ...body } }),
  explaining: (state, body) => ({ ...state, explaining: body }),
  card: (state, { card }) => ({
    ...state,
    cards: [...state.cards.filter((each) => each.id !== card.id), card].sort(byPosition),
  }),
  uncarded: (state, { card }) => ({ ...state, cards: state.cards.filter((each) => each.id !== card) }),
  coupon: (state, { coupon }) => ({
    ...state,
    coupons: replaced(state.coupons, coupon),
  }),
  draw: (state, { draw }) => ({ ...state, draws: replaced(state.draws, draw).slice(-SHOWN) }),
  vote: (state, { vote }) => ({ ...state, votes: replaced(state.votes, vote).slice(-SHOWN) }),
  said: (state, { line }) => ({ ...state, lines: [...state.lines, line].slice(-LINES) }),
  hidden: (state, { line }) => ({
    ...state,
    lines: state.lines.map((each) => (each.id === line ? { id: line, gone: true } : each)),
  }),
};

// The state after an event that is the next one; kinds of a newer market are counted and change nothing.
export function fold(state, event) {
  const next = (FOLDS[event.kind] ?? ((same) => same))(state, event.body);
  return { ...next, seq: event.seq };
}

// Follows a room. `ask(seq)` answers with { events } after seq, or { state } where that is too long ago;
// `changed(state, before)` is called after every change; `late` milliseconds a gap may close by itself.
export class Follower {
  #held = new Map();
  #asking = false;
  #timer = null;

  constructor({ state, ask, changed, late = 300 }) {
    this.state = state;
    this.ask = ask;
    this.changed = changed;
    this.late = late;
    this.missed = 0; // events that did not come by themselves
  }

  hear(message) {
    for (const event of Array.isArray(message) ? message : [message]) this.#take(event);
    this.#unfold();
  }

  // The number a room is at, as a tick or an answer of the market says it.
  reaches(seq) {
    if (seq > this.state.seq) this.#askSoon();
  }

  // Ask for what is missing, now. Resolves when the state is as new as the answer.
  async catchUp() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    this.#timer = null;
    try {
      const answer = await this.ask(this.state.seq);
      if (answer.state) this.#begin(answer.state);
      const fresh = (answer.events ?? []).filter((event) => event.seq > this.state.seq && !this.#held.has(event.seq));
      this.missed += fresh.length;
      fresh.forEach((event) => this.#held.set(event.seq, event));
    } catch {
      this.#asking = false;
      this.#askSoon(5000 * (0.5 + Math.random()));
      return;
    }
    this.#asking = false;
    this.#unfold();
  }

  #take(event) {
    if (event.kind === "tick") {
      if (event.body.beat > this.state.pulse.beat) this.#become({ ...this.state, pulse: event.body });
      this.reaches(event.seq);
    } else if (event.seq > this.state.seq && this.#held.size < MOST_HELD) {
      this.#held.set(event.seq, event);
    }
  }

  #unfold() {
    let state = this.state;
    while (this.#held.has(state.seq + 1)) {
      const event = this.#held.get(state.seq + 1);
      this.#held.delete(event.seq);
      state = fold(state, event);
    }
    for (const seq of this.#held.keys()) if (seq <= state.seq) this.#held.delete(seq);
    if (state !== this.state) this.#become(state);
    if (this.#held.size) this.#askSoon();
  }

  #begin(state) {
    if (state.seq < this.state.seq) return; // an answer that was overtaken
    const pulse = state.pulse.beat > this.state.pulse.beat ? state.pulse : this.state.pulse;
    this.#become({ ...state, pulse });
  }

  #become(state) {
    const before = this.state;
    this.state = state;
    this.changed?.(state, before);
  }

  #askSoon(after = this.late * (1 + Math.random())) {
    if (this.#timer === null) this.#timer = setTimeout(() => this.catchUp(), after);
  }
}
