// Plays a live stream or a recording. Waits for a stream that has not begun, recovers, and says how the stream is.
//
//   const player = watch(video, "/media/<stream>/live.m3u8", { onstate, onmode, mode: "auto" });
//   player.choose("steady"); player.stop();
//
// States: "waiting" (nothing there yet), "live", "dropped" (the host is away: show a slate), "ended".
// Modes: "low" (little delay, over the bus), "steady" (HLS, a few seconds late, plays over any network), "auto": low
// where the browser and the market can, and steady from when it did not go well. `onmode` is told which it is.
import { Closely, canPlayClosely } from "./closely.js";
import { Steady, loaded } from "./steady.js";

const AGAIN = 1000; // milliseconds between attempts at a stream that is not there
const DRY = 3000; // milliseconds without news before the market is asked how the stream is
const LATER = 30_000; // milliseconds after which little delay is tried again where it was asked for

export function watch(video, url, options = {}) {
  return new Player(video, url, options);
}

class Player {
  #video;
  #url;
  #address; // what else there is of the stream lies below
  #options;
  #wish;
  #player = null;
  #how = {};
  #mode = "";
  #state = "";
  #news = performance.now();
  #timer;
  #later = null;
  #stopped = false;

  constructor(video, url, options) {
    this.#video = video;
    this.#url = url;
    this.#address = new URL(".", new URL(url, location.href)).href;
    this.#options = options;
    this.#wish = options.recording ? "steady" : options.mode ?? "auto";
    video.playsInline = true;
    this.#begin();
    this.#timer = setInterval(() => this.#ask(), AGAIN);
  }

  get state() {
    return this.#state;
  }

  get mode() {
    return this.#mode;
  }

  // "auto", "low" or "steady", from now on.
  choose(wish) {
    this.#wish = wish;
    clearTimeout(this.#later);
    const now = wish === "steady" ? "steady" : "low";
    if (this.#player && now !== this.#mode) this.#play(now);
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#later);
    this.#drop();
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  async #begin() {
    if (!(await this.#isThere())) {
      this.#tell("waiting");
      setTimeout(() => this.#stopped || this.#begin(), AGAIN);
      return;
    }
    if (!this.#stopped) await this.#play(this.#wish === "steady" ? "steady" : "low");
  }

  async #isThere() {
    const state = await this.#asked();
    return Boolean(state) && state !== "idle";
  }

  // How the market says the stream is; "" where it does not answer.
  async #asked() {
    try {
      const answer = await fetch(`${this.#address}state`, { credentials: "omit" });
      if (!answer.ok) return "";
      const { state, codecs } = await answer.json();
      this.#how = { recording: this.#options.recording, codecs };
      return state;
    } catch {
      return "";
    }
  }

  async #play(mode) {
    const possible = mode === "low" && canPlayClosely() ? "low" : "steady";
    if (possible === "steady") await loaded(this.#options.hls);
    if (this.#stopped) return;
    this.#drop();
    const heard = () => this.#heard();
    if (possible === "low") this.#player = new Closely(this.#video, this.#address, { heard, fell: (why) => this.#fell(why) });
    else this.#player = new Steady(this.#video, this.#url, { heard, fell: () => this.#again() }, this.#how);
    this.#mode = possible;
    this.#options.onmode?.(possible);
    this.#start();
  }

  // With sound where the browser allows it; else without, which it always does.
  #start() {
    this.#video.play().catch((refusal) => {
      if (refusal.name !== "NotAllowedError") return;
      this.#video.muted = true;
      this.#video.play().catch(() => {});
    });
  }

  // Little delay did not go well.
  #fell(why) {
    fetch(`${this.#address}fell?why=${why}`, { method: "POST", credentials: "omit" }).catch(() => {});
    this.#play("steady");
    if (this.#wish === "low") this.#later = setTimeout(() => this.#play("low"), LATER);
  }

  #again() {
    this.#drop();
    if (!this.#stopped) setTimeout(() => this.#stopped || this.#begin(), AGAIN);
  }

  #drop() {
    this.#player?.stop();
    this.#player = null;
  }

  #heard() {
    this.#news = performance.now();
    if (this.#state !== "ended") this.#tell("live");
  }

  // Run dry: is the host away, or is it this viewer's network?
  async #ask() {
    if (this.#options.recording || performance.now() - this.#news < DRY || this.#state === "ended") return;
    const state = await this.#asked();
    if (state && state !== "live") this.#tell(state === "idle" ? "waiting" : state);
  }

  #tell(state) {
    if (state === this.#state || this.#stopped) return;
    this.#state = state;
    this.#options.onstate?.(state);
  }
}
