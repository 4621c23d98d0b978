// How far behind the picture may be: as the player sees fit, as little as can be, or steady. Kept in this browser.
const KEY = "laotie.delay";
const place = document.querySelector("#delay");

export function wish() {
  return place?.querySelector(`[data-mode="${localStorage.getItem(KEY)}"]`) ? localStorage.getItem(KEY) : "auto";
}

export function offer(player) {
  if (!place) return;
  place.closest("details").hidden = false;
  mark();
  place.addEventListener("click", ({ target }) => {
    const mode = target.closest("[data-mode]")?.dataset.mode;
    if (!mode) return;
    localStorage.setItem(KEY, mode);
    player.choose(mode);
    mark();
    place.closest("details").open = false;
  });
}

// Which way it is now.
export function showMode(mode) {
  document.querySelectorAll("[data-now]").forEach((words) => { words.hidden = words.dataset.now !== mode; });
}

function mark() {
  place.querySelectorAll("[data-mode]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.mode === wish()));
  });
}
