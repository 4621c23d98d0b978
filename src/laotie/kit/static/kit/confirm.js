// A form or its pressed button with data-confirm="question" asks in a dialog, then sends confirmed=1.
// Without script the server asks on a page of its own (kit.pages.confirmed).
function ask(question, form, submitter) {
  const dialog = document.querySelector("#confirm-dialog");
  dialog.querySelector("[data-question]").textContent = question;
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    const answer = Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed", value: "1" });
    form.append(answer);
    form.requestSubmit(submitter ?? undefined);
  };
  dialog.returnValue = "";
  dialog.showModal();
}

export function watchConfirms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.elements.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, form, event.submitter);
  }, true);
  root.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    if (opener) { document.getElementById(opener.dataset.open)?.showModal(); event.preventDefault(); }
    if (event.target.matches?.("dialog")) event.target.close();
  });
}
