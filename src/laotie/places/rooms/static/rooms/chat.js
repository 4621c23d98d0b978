// The lines of a room, drawn so that what one reads stays where it is.
const NEAR = 60; // pixels from the end that still count as "at the end"

export class Chat {
  #drawn = new Map();

  constructor(list) {
    this.list = list;
    this.template = document.querySelector("#line-template");
  }

  show(lines) {
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
    const wanted = lines.filter((line) => !line.gone);
    const ids = new Set(wanted.map((line) => line.id));
    for (const [id, piece] of this.#drawn) if (!ids.has(id)) { piece.remove(); this.#drawn.delete(id); }
    for (const line of wanted) if (!this.#drawn.has(line.id)) this.#add(line);
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  #add(line) {
    const piece = this.template.content.firstElementChild.cloneNode(true);
    piece.dataset.line = line.id;
    piece.classList.add(`line-${line.role}`);
    piece.querySelector("[data-name]").textContent = line.name;
    piece.querySelector("[data-words]").textContent = line.words;
    for (const mark of piece.querySelectorAll("[data-role]")) mark.hidden = mark.dataset.role !== line.role;
    this.#drawn.set(line.id, piece);
    this.list.append(piece);
  }
}
