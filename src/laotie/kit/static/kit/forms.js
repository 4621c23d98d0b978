// Forms with data-dirty warn before their words are lost; any form is sent once, not twice.
let dirty = false;

export function watchForms(root) {
  root.addEventListener("input", (event) => { if (event.target.form?.matches("[data-dirty]")) dirty = true; });
  root.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    dirty = false;
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  addEventListener("pageshow", () => root.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; }));
}
