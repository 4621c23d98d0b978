// Shows chosen pictures before they are sent, and says when there are too many.
for (const input of document.querySelectorAll('input[type="file"][data-most]')) {
  const shown = Object.assign(document.createElement("div"), { className: "chosen", hidden: true });
  input.after(shown);
  input.addEventListener("change", () => {
    const files = [...input.files].slice(0, Number(input.dataset.most));
    shown.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    shown.replaceChildren(...files.map((file) => Object.assign(new Image(), { src: URL.createObjectURL(file), alt: file.name })));
    shown.hidden = files.length === 0;
  });
}
