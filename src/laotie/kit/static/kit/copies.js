// <button data-copy="text" data-copied="Copied"> puts text on the clipboard and says so.
export function watchCopies(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.textContent;
    button.textContent = button.dataset.copied || words;
    setTimeout(() => { button.textContent = words; }, 1600);
  });
}
