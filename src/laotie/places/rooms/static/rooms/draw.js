// Draw again what was drawn, and say whether it agrees.
import { drawn, sha256 } from "./lots.js";

const { dataset } = document.querySelector("#draw");
const verdict = document.querySelector("#verdict");

async function agrees() {
  const list = await (await fetch(dataset.entries)).text();
  const won = await drawn(dataset.secret, list, Number(dataset.winners));
  return (
    (await sha256(dataset.secret)) === dataset.commitment &&
    (await sha256(list)) === dataset.hash &&
    won.join(" ") === dataset.won
  );
}

if (verdict) {
  const fair = await agrees();
  verdict.classList.add(fair ? "notice-good" : "notice-bad");
  verdict.dataset.verdict = fair ? "fair" : "false";
  verdict.querySelector("span").textContent = fair ? verdict.dataset.fair : verdict.dataset.false;
}
