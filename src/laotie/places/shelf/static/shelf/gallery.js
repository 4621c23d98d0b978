// A product's pictures: the strip is swiped by hand; the count and the thumbs follow it. Without this file the thumbs
// are links to the pictures.
function follow(gallery) {
  const strip = gallery.querySelector(".gallery-strip");
  const items = [...strip.children];
  const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const now = gallery.querySelector("[data-gallery-now]");
  const show = (index) => {
    if (now) now.textContent = String(index + 1);
    thumbs.forEach((thumb, each) => (each === index ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
  };
  const watcher = new IntersectionObserver(
    (seen) => seen.filter((entry) => entry.isIntersecting).forEach((entry) => show(items.indexOf(entry.target))),
    { root: strip, threshold: 0.6 },
  );
  items.forEach((item) => watcher.observe(item));
  thumbs.forEach((thumb, index) =>
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      strip.scrollTo({ left: items[index].offsetLeft - strip.offsetLeft, behavior: "smooth" });
    }),
  );
}
document.querySelectorAll("[data-gallery]").forEach(follow);
