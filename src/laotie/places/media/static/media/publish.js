// Goes live from this browser: choose devices, look at oneself, send.
//
//   const host = new Publisher({ slice: 100 });
//   host.onstatus = (status) => …;           // see Sender for its fields; `state` is one of STATES there
//   await host.choose({ camera, microphone });  // ids of devices(), true for any, false for none; or { screen: true }
//   host.preview(video);
//   host.start(url, token);  // the stream's chunks/ address; a publishing token, or a function that fetches one
//   host.stop();
//
// Devices may be changed while live. A phone gives its camera only to HTTPS: `NoDevices` says so.
import { Sender } from "./sender.js";

const KINDS = [
  // best first: what every player shows as it is, then what most do
  "video/webm;codecs=h264,opus",
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4;codecs=avc1.42E01F,opus",
  "video/webm;codecs=vp9,opus",
  "video/mp4",
  "video/webm;codecs=vp8,opus", // the market makes H.264 of it
];
const SOUND_KINDS = ["audio/webm;codecs=opus", "audio/mp4"];
const SETTINGS = { slice: 100, bits: 1_500_000, soundBits: 64_000, keyframe: 1000, width: 1280, height: 720, rate: 25 };

export class NoDevices extends Error {
  // reason: "insecure" (not HTTPS), "refused" (by the person), "missing" (no such device), "busy", "unsupported"
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export class Publisher {
  onstatus = () => {};
  #settings;
  #stream = null;
  #video = null;
  #sender = null;
  #recorder = null;

  constructor(settings = {}) {
    this.#settings = { ...SETTINGS, ...settings };
  }

  // { cameras: [{id, label}], microphones: […], screen: whether it can be shown }. Labels come after the first choice.
  async devices() {
    const found = await media().enumerateDevices();
    const of = (kind) => found.filter((one) => one.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
    return { cameras: of("videoinput"), microphones: of("audioinput"), screen: "getDisplayMedia" in media() };
  }

  // Take these devices, or a MediaStream of one's own. Raises NoDevices, and keeps what was chosen before.
  async choose({ camera = true, microphone = true, screen = false, stream = null } = {}) {
    const chosen = stream ?? (await this.#open(camera, microphone, screen));
    if (this.#stream !== chosen) this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = chosen;
    chosen.getTracks().forEach((track) => track.addEventListener("ended", () => this.#lostDevice(chosen)));
    if (this.#video) this.#video.srcObject = chosen;
    if (this.#recorder) await this.#record();
  }

  preview(video) {
    this.#video = video;
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = this.#stream;
  }

  start(url, token) {
    if (!this.#stream) throw new NoDevices("missing");
    this.#sender = new Sender(url, token, this.#settings.slice);
    this.#sender.onstatus = (status) => this.onstatus(status);
    this.#sender.onoverflow = () => this.#record();
    this.#sender.onover = () => this.#halt();
    this.#record();
  }

  // Sends what is still waiting; the stream itself stays open until the room ends it.
  async stop() {
    const sender = this.#sender;
    this.#sender = null;
    await this.#halt();
    await sender?.drain();
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    if (this.#video) this.#video.srcObject = null;
  }

  // A new run: what the recorder before it has not sent comes before.
  async #record() {
    await this.#halt();
    const run = this.#sender?.begin();
    if (!run) return;
    const recorder = new MediaRecorder(this.#stream, this.#options());
    recorder.ondataavailable = ({ data }) => run.add(data);
    recorder.onstop = () => run.end();
    recorder.start(this.#settings.slice);
    this.#recorder = recorder;
  }

  #halt() {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (!recorder || recorder.state === "inactive") return Promise.resolve();
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.stop();
    return stopped;
  }

  #options() {
    const { bits, soundBits, keyframe } = this.#settings;
    const kinds = this.#stream.getVideoTracks().length ? KINDS : SOUND_KINDS;
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    if (!mimeType) throw new NoDevices("unsupported");
    const rates = { videoBitsPerSecond: bits, audioBitsPerSecond: soundBits };
    return { mimeType, ...rates, videoKeyFrameIntervalDuration: keyframe };
  }

  async #open(camera, microphone, screen) {
    const { width, height, rate } = this.#settings;
    const picture = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: rate } };
    const which = (id) => (typeof id === "string" ? { deviceId: { exact: id } } : {});
    const sound = microphone && { ...which(microphone), echoCancellation: true, noiseSuppression: true };
    try {
      if (!screen) return await media().getUserMedia({ video: camera && { ...picture, ...which(camera) }, audio: sound });
      const shown = await media().getDisplayMedia({ video: { frameRate: { ideal: rate } }, audio: true });
      const voice = microphone && !shown.getAudioTracks().length && (await media().getUserMedia({ audio: sound }));
      return new MediaStream([...shown.getTracks(), ...(voice ? voice.getTracks() : [])]);
    } catch (error) {
      throw error instanceof NoDevices ? error : new NoDevices(REASONS[error.name] ?? "unsupported", error);
    }
  }

  #lostDevice(stream) {
    if (stream === this.#stream) this.onstatus({ state: "no-device" });
  }
}

const REASONS = {
  NotAllowedError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  SecurityError: "insecure",
};

function media() {
  if (!globalThis.isSecureContext) throw new NoDevices("insecure");
  if (!navigator.mediaDevices || !globalThis.MediaRecorder) throw new NoDevices("unsupported");
  return navigator.mediaDevices;
}
