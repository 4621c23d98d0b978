// The rulebook's editor: tabs, sums of weights as they are typed, line numbers, and the way to a faulty line.
// Without it both forms stand one below the other and work.

const tabs = document.querySelector("[data-tabs]");
const panels = [...document.querySelectorAll("[data-tab]")];

function show(name) {
  for (const panel of panels) panel.hidden = panel.id !== name;
  for (const tab of tabs.children) tab.setAttribute("aria-selected", String(tab.hash === `#${name}`));
}

if (tabs && panels.length) {
  tabs.hidden = false;
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("a");
    if (!tab) return;
    event.preventDefault();
    history.replaceState(null, "", tab.hash);
    show(tab.hash.slice(1));
  });
  show(location.hash === "#text" ? "text" : "numbers");
}

function sum(group) {
  const number = (input) => Number.parseFloat(input.value) || 0;
  const whole = number(group.querySelector("[data-whole]"));
  const parts = [...group.querySelectorAll("[data-part]")].reduce((total, input) => total + number(input), 0);
  const off = Math.abs(whole - parts) > 1e-9;
  const output = group.querySelector("output");
  output.hidden = !off;
  output.value = output.dataset.words.replace("{sum}", String(+parts.toFixed(4))).replace("{whole}", String(whole));
  group.classList.toggle("uneven", off);
}

for (const group of document.querySelectorAll("[data-sum]")) {
  group.addEventListener("input", () => sum(group));
  sum(group);
}

const text = document.querySelector(".rulebook-file textarea");
const gutter = document.querySelector(".rulebook-gutter");

function number() {
  const lines = text.value.split("\n").length;
  gutter.textContent = Array.from({ length: lines }, (_, at) => at + 1).join("\n");
  gutter.scrollTop = text.scrollTop;
  gutter.style.height = `${text.clientHeight}px`;
}

if (text && gutter) {
  text.addEventListener("input", number);
  text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
  new ResizeObserver(number).observe(text);
  number();
}

for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    if (!text) return;
    event.preventDefault();
    show("text");
    const lines = text.value.split("\n");
    const line = Number(link.dataset.line) - 1;
    const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line] ?? "").length);
    text.scrollTop = Math.max(0, (line - 6) * Number.parseFloat(getComputedStyle(text).lineHeight));
  });
}
