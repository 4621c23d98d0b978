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

export class Steady {
  #video;
  #told;
  #hls = null;

  // told: { heard() with each segment, fell() when it must begin again }
  constructor(video, url, told, recording) {
    this.#video = video;
    this.#told = told;
    if (globalThis.Hls?.isSupported()) this.#play(url, recording);
    else this.#playNatively(url);
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
