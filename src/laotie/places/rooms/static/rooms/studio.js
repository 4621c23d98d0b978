// The host's picture: choose, look at oneself, send. Sending is media's own module; a desk without one still works.
import { call, room, say } from "./market.js";

const PATIENCE = 3_000; // milliseconds
const $ = (selector) => document.querySelector(selector);

export class Studio {
  #publisher = null;
  #sound = null;
  #sending = false;

  async begin(onAir) {
    $("#camera").addEventListener("click", () => this.#look("camera", onAir));
    $("#screen").addEventListener("click", () => this.#look("screen", onAir));
    for (const list of [$("#cameras"), $("#microphones")]) {
      list.addEventListener("change", () => this.#look("camera", onAir));
    }
    if (onAir) await this.#look("camera", true);
  }

  // Sends what waits, for as long as one would wait for it.
  async stop() {
    await Promise.race([this.#publisher?.stop(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  async #look(source, send) {
    try {
      this.#publisher ??= await this.#made();
      const chosen = { camera: $("#cameras").value || true, microphone: $("#microphones").value || true };
      await this.#publisher.choose({ ...chosen, screen: source === "screen" });
      this.#publisher.preview($("#preview"));
      $("#desk-slate").hidden = true;
      await this.#list();
      this.#meter($("#preview").srcObject);
      if (send && !this.#sending) await this.#send();
    } catch (error) {
      const words = { refused: "denied" }[error.reason] ?? error.reason;
      say($("#sending").dataset[words] ?? error.message);
    }
  }

  async #made() {
    const { Publisher } = await import(new URL(room.publisher, location.href).href);
    const publisher = new Publisher();
    publisher.onstatus = (status) => this.#told(status);
    return publisher;
  }

  async #send() {
    this.#sending = true;
    const { token } = await call(`${room.api}/publish`, { method: "POST", body: {} });
    this.#publisher.start(room.publish, token);
  }

  #told({ state, bitsPerSecond, sentence }) {
    const place = $("#sending");
    const rate = state === "live" && bitsPerSecond ? ` · ${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s` : "";
    place.textContent = `${sentence || place.dataset[state.replace("-", "")] || place.dataset.idle}${rate}`;
    place.dataset.state = state;
    if (["taken", "refused", "no-device"].includes(state)) this.#sending = false;
  }

  async #list() {
    const devices = await this.#publisher.devices();
    $("#screen").hidden = !devices.screen;
    for (const [place, found] of [["#cameras", devices.cameras], ["#microphones", devices.microphones]]) {
      const chosen = $(place).value;
      $(place).replaceChildren(...found.map((each) => new Option(each.label || "…", each.id, false, each.id === chosen)));
    }
  }

  // How loud one is, so that nobody speaks for an hour into a muted microphone.
  #meter(stream) {
    this.#sound?.close();
    if (!stream?.getAudioTracks().length) return;
    this.#sound = new AudioContext();
    const ear = this.#sound.createAnalyser();
    this.#sound.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const look = () => {
      if (this.#sound.state === "closed") return;
      ear.getFloatTimeDomainData(samples);
      $("#level").value = Math.min(1, 4 * Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length));
      setTimeout(look, 100);
    };
    look();
  }
}
