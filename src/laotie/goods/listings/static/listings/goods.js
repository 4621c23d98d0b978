// "All on this page" ticks every row of the list; without script the box is not shown to do anything.
const form = document.querySelector("[data-many]");
const all = form?.querySelector("[data-all]");
all?.addEventListener("change", () => {
  document.querySelectorAll('input[name="product"][form="many"]').forEach((box) => { box.checked = all.checked; });
});
