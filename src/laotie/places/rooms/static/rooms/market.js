// Talking to the market from a room's page.
const { dataset } = document.querySelector("[data-room]");
export const room = { ...dataset };

function csrf() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

// Raises an Error whose message is the market's own sentence.
export async function call(path, { method = "GET", body } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.sentence ?? room.broken), { status: answer.status });
  return said;
}

export function say(words, tone = "bad") {
  const toast = document.querySelector("#toast-template").content.firstElementChild.cloneNode(true);
  toast.classList.add(`toast-${tone}`);
  toast.querySelector("span").textContent = words;
  document.querySelector("#toasts").append(toast);
  setTimeout(() => toast.remove(), 6000);
}

// The market's clock: every countdown runs by it, whatever the browser's own shows.
let ahead = 0; // milliseconds
export const setClock = (iso) => { ahead = Date.parse(iso) - Date.now(); };
export const now = () => Date.now() + ahead;
