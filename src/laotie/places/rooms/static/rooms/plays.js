// Draws and votes of a room: what is open, and for a while what became of it.
import { count } from "./cards.js";
import { call, now, room, say } from "./market.js";

const SHOWN_AFTER = 180_000; // milliseconds
const $ = (selector) => document.querySelector(selector);
const read = (id) => JSON.parse($(id)?.textContent ?? "{}");
const copy = (template) => $(template).content.firstElementChild.cloneNode(true);
const ended = (play) => Date.parse(play.ends_at) <= now();
const recent = (play) => now() - Date.parse(play.ends_at) < SHOWN_AFTER;

export class Plays {
  // `hosts`: shown at the desk, where nobody enters or answers.
  constructor(list, { hosts = false } = {}) {
    Object.assign(this, { list, hosts, entered: read("#room-entered"), voted: read("#room-voted") });
    list.addEventListener("click", (event) => this.#press(event));
  }

  show({ draws, votes }) {
    const shown = [...draws.filter(recent).slice(-1), ...votes.filter(recent).slice(-1)];
    const key = JSON.stringify([shown, shown.map(ended), this.entered, this.voted]);
    if (this.list.dataset.key === key) return;
    this.list.dataset.key = key;
    this.list.hidden = !shown.length;
    this.list.replaceChildren(...shown.map((play) => (play.prize ? this.#draw(play) : this.#vote(play))));
    count(this.list);
  }

  #draw(draw) {
    const piece = copy("#draw-template");
    const mine = this.entered[draw.id];
    piece.dataset.draw = draw.id;
    piece.querySelector("[data-prize]").textContent = draw.prize;
    piece.querySelector("[data-winners]").textContent = draw.winners;
    piece.querySelector("[data-entries]").textContent = draw.entries;
    const names = piece.querySelector("[data-names]");
    names.textContent = draw.names.join(", ") || names.dataset.nobody;
    piece.querySelector("[data-check]").href = `/r/${room.id}/draws/${draw.id}`;
    piece.querySelector("[data-ends]").dataset.ends = draw.ends_at;
    shows(piece, { open: !draw.drawn, over: draw.drawn, won: draw.won.includes(mine), in: Boolean(mine) && !draw.drawn });
    piece.querySelector("[data-enter]").hidden = this.hosts || draw.drawn || Boolean(mine) || ended(draw);
    return piece;
  }

  #vote(vote) {
    const piece = copy("#vote-template");
    const over = vote.closed || ended(vote);
    const all = Math.max(1, vote.counts.reduce((sum, one) => sum + one, 0));
    const of = (choice) => `${vote.counts[choice]} · ${Math.round((100 * vote.counts[choice]) / all)} %`;
    piece.dataset.vote = vote.id;
    piece.querySelector("[data-question]").textContent = vote.question;
    piece.querySelector("[data-ends]").dataset.ends = vote.ends_at;
    piece.querySelector("[data-close-vote]").hidden = !this.hosts || over;
    piece.querySelector("details").open = !over || this.hosts;
    piece.querySelector("[data-ahead]").textContent = ahead(vote).map((choice) => `${vote.options[choice]}: ${of(choice)}`).join(", ");
    shows(piece, { open: !over, over });
    piece.querySelector(".answers").append(...vote.options.map((words, choice) => {
      const answer = copy("#answer-template");
      const button = answer.querySelector("[data-choice]");
      button.dataset.choice = choice;
      button.disabled = this.hosts || over || this.voted[vote.id] !== undefined;
      button.setAttribute("aria-pressed", String(this.voted[vote.id] === choice));
      answer.querySelector("[data-words]").textContent = words;
      answer.querySelector("[data-count]").textContent = of(choice);
      answer.querySelector("meter").value = vote.counts[choice] / all;
      return answer;
    }));
    return piece;
  }

  async #press(event) {
    const draw = event.target.closest("[data-enter]")?.closest("[data-draw]").dataset.draw;
    const vote = event.target.closest("[data-vote]")?.dataset.vote;
    const choice = event.target.closest("button[data-choice]")?.dataset.choice;
    const closes = event.target.closest("[data-close-vote]");
    if (!draw && choice === undefined && !closes) return;
    if (!room.signedIn) return location.assign(room.signIn);
    try {
      if (draw) this.entered[draw] = (await call(`${room.api}/draws/${draw}/entry`, { method: "POST", body: {} })).entry;
      if (closes) await call(`${room.api}/votes/${vote}`, { method: "DELETE" });
      else if (choice !== undefined) {
        await call(`${room.api}/votes/${vote}/ballot`, { method: "PUT", body: { choice: Number(choice) } });
        this.voted[vote] = Number(choice);
      }
    } catch (error) {
      say(error.message);
    }
    this.changed?.();
  }
}

// The choices that most people made; none where nobody did.
function ahead(vote) {
  const most = Math.max(1, ...vote.counts);
  return vote.options.map((_, choice) => choice).filter((choice) => vote.counts[choice] === most);
}

function shows(piece, states) {
  for (const [state, holds] of Object.entries(states)) {
    for (const place of piece.querySelectorAll(`[data-play-${state}]`)) place.hidden = !holds;
  }
}
