// The what-if slider: range and number say the same, and the answer comes without a click where htmx is there.
for (const form of document.querySelectorAll("[data-wish]")) {
  const [range, number] = form.querySelectorAll("input");
  range.hidden = false;
  range.addEventListener("input", () => { number.value = Number(range.value).toFixed(2); });
  range.addEventListener("change", () => form.requestSubmit());
  number.addEventListener("input", () => { range.value = number.value; });
}
