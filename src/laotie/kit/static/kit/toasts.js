// Toasts close on their button; good news also leaves by itself. Bad news waits to be read.
const STAY = 6000;

function arm(toast) {
  if (toast.getAttribute("role") === "status") setTimeout(() => toast.remove(), STAY);
}

export function watchToasts(root) {
  root.querySelectorAll("[data-toast]").forEach(arm);
  root.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest("[data-toast]")?.remove());
  root.addEventListener("htmx:load", (event) => event.target.matches?.("[data-toast]") && arm(event.target));
}
