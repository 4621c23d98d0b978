// Small comforts of every page. Each works without this file too: forms post, times are shown in the market's zone.
import { watchConfirms } from "./confirm.js";
import { watchForms } from "./forms.js";
import { showTimes } from "./times.js";
import { watchToasts } from "./toasts.js";
import { watchCopies } from "./copies.js";

watchConfirms(document);
watchForms(document);
watchToasts(document);
watchCopies(document);
showTimes(document);
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone it lies in a row that scrolls
document.addEventListener("htmx:load", (event) => showTimes(event.target));
