// The arithmetic of a draw, as `rooms.lots` does it in Python: for whoever does not take the market's word for it.
export async function sha256(words) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `list`: the published text. The winning entries, the best ticket first.
export async function drawn(secret, list, winners) {
  const whole = await sha256(list);
  const entries = list ? list.split("\n") : [];
  const tickets = await Promise.all(entries.map(async (entry) => [await sha256(`${secret}:${whole}:${entry}`), entry]));
  return tickets.sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, winners).map(([, entry]) => entry);
}
