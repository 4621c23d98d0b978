// Plays a live stream or a recording: hls.js where the browser can (fetched when first needed), else its own HLS. Waits for a stream that has not begun, recovers, and says how the stream is.
//
//   const player = watch(video, "/media/<stream>/live.m3u8", { onstate: (state) => … });
//   player.stop();
//
// States: "waiting" (nothing there yet), "live", "dropped" (the host is away: show a slate), "ended".
const AGAIN = 1000; // milliseconds between attempts at a stream that is not there
const DRY = 3000; // milliseconds without news before the market is asked how the stream is
const LIVE = { liveSyncDuration: 0.8, liveMaxLatencyDuration: 5, maxLiveSyncPlaybackRate: 1.15 };

export function watch(video, url, options = {}) {
  return new Player(video, url, options);
}

// hls.js, once a page; without it, or where it may not be loaded, the browser's own HLS is tried.
let loading = null;
function loaded(address = new URL("../vendor/hls.min.js", import.meta.url).href) {
  if (globalThis.Hls) return Promise.resolve();
  loading ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = script.onerror = resolve;
    script.src = address;
    document.head.append(script);
  });
  return loading;
}

class Player {
  #video;
  #url;
  #options;
  #hls = null;
  #state = "";
  #news = performance.now();
  #timer;
  #stopped = false;

  constructor(video, url, options) {
    this.#video = video;
    this.#url = url;
    this.#options = options;
    video.playsInline = true;
    this.#begin();
    this.#timer = setInterval(() => this.#ask(), AGAIN);
  }

  get state() {
    return this.#state;
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
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
    await loaded(this.#options.hls);
    if (this.#stopped) return;
    if (globalThis.Hls?.isSupported()) this.#play();
    else this.#playNatively();
  }

  async #isThere() {
    try {
      return (await fetch(this.#url, { credentials: "omit" })).ok;
    } catch {
      return false;
    }
  }

  #play() {
    const { Hls } = globalThis;
    const live = this.#options.recording ? {} : LIVE;
    const hls = new Hls({ enableWorker: false, lowLatencyMode: false, backBufferLength: 30, ...live });
    this.#hls = hls;
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.#heard());
    hls.on(Hls.Events.ERROR, (_, fault) => fault.fatal && this.#recover(fault.type));
    hls.loadSource(this.#url);
    hls.attachMedia(this.#video);
    this.#start();
  }

  #playNatively() {
    this.#video.src = this.#url;
    this.#video.ontimeupdate = () => this.#heard();
    this.#video.onerror = () => this.#again();
    this.#start();
  }

  // With sound where the browser allows it; else without, which it always does.
  #start() {
    this.#video.play().catch(() => {
      this.#video.muted = true;
      this.#video.play().catch(() => {});
    });
  }

  #recover(type) {
    if (type === globalThis.Hls.ErrorTypes.MEDIA_ERROR) this.#hls.recoverMediaError();
    else this.#again();
  }

  #again() {
    this.#drop();
    if (!this.#stopped) setTimeout(() => this.#stopped || this.#begin(), AGAIN);
  }

  #drop() {
    this.#hls?.destroy();
    this.#hls = null;
  }

  #heard() {
    this.#news = performance.now();
    if (this.#state !== "ended") this.#tell("live");
  }

  // Run dry: is the host away, or is it this viewer's network?
  async #ask() {
    if (this.#options.recording || performance.now() - this.#news < DRY || this.#state === "ended") return;
    try {
      const said = await (await fetch(new URL("state", new URL(this.#url, location.href)), { credentials: "omit" })).json();
      if (said.state !== "live") this.#tell(said.state === "idle" ? "waiting" : said.state);
    } catch {
      // this viewer's network: the player tries again by itself
    }
  }

  #tell(state) {
    if (state === this.#state || this.#stopped) return;
    this.#state = state;
    this.#options.onstate?.(state);
  }
}
