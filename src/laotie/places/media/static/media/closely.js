// Plays a stream with little delay: its slices go into the browser's own player as they come. The picture is held close
// to the newest by playing a little faster or slower; a player that runs dry keeps a longer reserve for a while.
import { Slices } from "./slices.js";

const LEAST = 0.14, MOST = 1; // seconds held in reserve
const STEP = 0.08; // seconds more with each time that it ran dry
const CALMER = 0.01; // seconds less with each second that it did not
const JUMP = 1.5; // seconds behind at which catching up would take too long
const LOOK = 100; // milliseconds
const KEPT = 10; // seconds of the past
const DRY_MOST = 8; // times within a while: more is no network for this
const WHILE = 20_000; // milliseconds

const Source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;

export function canPlayClosely(codecs = "avc1.42E01F,opus") {
  return Boolean(Source?.isTypeSupported(`video/mp4; codecs="${codecs}"`));
}

export class Closely {
  #video;
  #told;
  #slices;
  #source = new Source();
  #buffer = null;
  #queue = [];
  #reserve = LEAST;
  #dry = [];
  #timer = null;
  #stopped = false;
  jumps = 0;

  // told: { heard() with each slice, fell(why) when it cannot go on }
  constructor(video, address, told) {
    this.#video = video;
    this.#told = told;
    if (globalThis.ManagedMediaSource) video.disableRemotePlayback = true;
    video.src = URL.createObjectURL(this.#source);
    this.#source.addEventListener("sourceopen", () => URL.revokeObjectURL(video.src), { once: true });
    video.addEventListener("waiting", this.#ranDry);
    this.#slices = new Slices(address, {
      begin: (beginning) => this.#add({ beginning, content: beginning.content }),
      more: (content) => this.#add({ content }),
      fell: (why) => this.#fall(why),
    });
    this.#slices.open();
    this.#timer = setInterval(() => this.#keepUp(), LOOK);
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#slices.stop();
    this.#video.removeEventListener("waiting", this.#ranDry);
    this.#video.playbackRate = 1;
    this.#queue = [];
  }

  #fall(why) {
    if (this.#stopped) return;
    this.stop();
    this.#told.fell(why);
  }

  #add(piece) {
    this.#queue.push(piece);
    this.#told.heard();
    this.#pump();
  }

  #pump() {
    if (this.#stopped || this.#buffer?.updating || !this.#queue.length) return;
    if (this.#source.readyState !== "open") {
      this.#source.addEventListener("sourceopen", () => this.#pump(), { once: true });
      return;
    }
    const piece = this.#queue.shift();
    try {
      if (piece.beginning) this.#begin(piece.beginning);
      if (!this.#stopped) this.#buffer.appendBuffer(piece.content);
    } catch (error) {
      if (error.name !== "QuotaExceededError" || !this.#forget(1)) return this.#fall("unsupported");
      this.#queue.unshift({ content: piece.content });
    }
  }

  // A take's clock begins at 0: it is put behind what there is.
  #begin({ codecs, at }) {
    const kind = `video/mp4; codecs="${codecs}"`;
    if (!Source.isTypeSupported(kind)) return this.#fall("unsupported");
    if (this.#buffer) {
      this.#buffer.abort();
      this.#buffer.changeType(kind);
    } else {
      this.#buffer = this.#source.addSourceBuffer(kind);
      this.#buffer.addEventListener("updateend", () => this.#pump());
      this.#buffer.addEventListener("error", () => this.#fall("unsupported"));
    }
    const { buffered } = this.#buffer;
    this.#buffer.timestampOffset = (buffered.length ? buffered.end(buffered.length - 1) : 0) - at;
  }

  #ranDry = () => {
    const now = performance.now();
    if (!this.#video.currentTime) return;
    this.#reserve = Math.min(MOST, this.#reserve + STEP);
    this.#dry = [...this.#dry.filter((at) => now - at < WHILE), now];
    if (this.#dry.length > DRY_MOST) this.#fall("slow");
  };

  #keepUp() {
    const { buffered } = this.#video;
    if (!buffered.length || this.#video.paused) return;
    const end = buffered.end(buffered.length - 1), begin = buffered.start(buffered.length - 1);
    const behind = end - this.#video.currentTime;
    this.#reserve = Math.max(LEAST, this.#reserve - CALMER * (LOOK / 1000));
    const there = this.#video.currentTime >= begin - 0.05;
    if (behind > JUMP || (!there && end - begin > this.#reserve)) {
      this.#video.currentTime = Math.max(begin, end - this.#reserve);
      this.jumps += 1;
    }
    const late = behind - this.#reserve;
    this.#video.playbackRate = late > 0.06 ? Math.min(1.25, 1 + late * 0.6) : late < -0.08 ? 0.96 : 1;
    if (this.#video.currentTime - buffered.start(0) > 3 * KEPT) this.#forget(KEPT);
  }

  // Let go of what is older; whether there was any to let go of.
  #forget(seconds) {
    const before = this.#video.currentTime - seconds;
    if (!this.#buffer || this.#buffer.updating || before <= 0) return false;
    this.#buffer.remove(0, before);
    return true;
  }
}
