// Times in the reader's own zone and language; the market's zone stays in the tooltip.
const language = document.documentElement.lang || undefined;
const styles = {
  "": { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  day: { year: "numeric", month: "short", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
};
const units = [["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(at) {
  const seconds = (at - Date.now()) / 1000;
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  if (Math.abs(seconds) > 7 * 86400) return new Intl.DateTimeFormat(language, styles.day).format(at);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / length), unit);
}

export function showTimes(root) {
  for (const element of root.querySelectorAll?.("time[data-when]") ?? []) {
    const at = new Date(element.dateTime);
    const style = element.dataset.style ?? "";
    element.title = element.textContent;
    element.textContent = style === "ago" ? ago(at) : new Intl.DateTimeFormat(language, styles[style] ?? styles[""]).format(at);
    delete element.dataset.when;
  }
}
