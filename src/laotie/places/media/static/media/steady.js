// Plays HLS: by hls.js where the browser can (fetched when first needed), else by the browser's own.
const LIVE = {
  liveSyncDuration: 0.8,
  liveMaxLatencyDuration: 4,
  liveSyncOnStallIncrease: 0.25, // of a second more in reserve with each time that it ran dry; by default a whole one
  maxLiveSyncPlaybackRate: 1.2,
};

let loading = null;
export function loaded(address = new URL("../vendor/hls.min.js", import.meta.url).href) {
  if (globalThis.Hls) return Promise.resolve();
  loading ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = script.onerror = resolve;
    script.src = address;
    document.head.append(script);
  });
  return loading;
}

// Older iPhones play Opus in MP4 without a sound, so they are given AAC.
export function knowsOpus(video) {
  const kind = 'audio/mp4; codecs="opus"';
  return globalThis.Hls?.isSupported() ? globalThis.MediaSource?.isTypeSupported(kind) !== false : video.canPlayType(kind) !== "";
}

// What a host sent may be what this player does not know (VP9 on older iPhones): then the market makes H.264 and AAC of it.
export function knows(video, codecs) {
  const Source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;
  const can = (kind) => (globalThis.Hls?.isSupported() && Source ? Source.isTypeSupported(kind) : video.canPlayType(kind) !== "");
  return codecs.every((each) => can(`video/mp4; codecs="${each.replace(/,?(opus|mp4a[^,]*)/, "")}"`));
}

export class Steady {
  #video;
  #told;
  #hls = null;

  // told: { heard() with each segment, fell() when it must begin again }
  constructor(video, url, told, { recording = false, codecs = [] } = {}) {
    this.#video = video;
    this.#told = told;
    const below = !knows(video, codecs) ? "plain/$&" : knowsOpus(video) ? "$&" : "aac/$&";
    const place = url.replace(/[^/]+$/, below);
    if (globalThis.Hls?.isSupported()) this.#play(place, recording);
    else this.#playNatively(place);
  }

  stop() {
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.ontimeupdate = this.#video.onerror = null;
  }

  #play(url, recording) {
    const { Hls } = globalThis;
    const live = recording ? {} : LIVE;
    const hls = new Hls({ enableWorker: false, lowLatencyMode: false, backBufferLength: 30, ...live });
    this.#hls = hls;
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.#told.heard());
    hls.on(Hls.Events.ERROR, (_, fault) => fault.fatal && this.#recover(fault.type));
    hls.loadSource(url);
    hls.attachMedia(this.#video);
  }

  #playNatively(url) {
    this.#video.src = url;
    this.#video.ontimeupdate = () => this.#told.heard();
    this.#video.onerror = () => this.#told.fell();
  }

  #recover(type) {
    if (type === globalThis.Hls.ErrorTypes.MEDIA_ERROR) this.#hls.recoverMediaError();
    else this.#told.fell();
  }
}
