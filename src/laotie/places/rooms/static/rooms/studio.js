// The host's picture: choose, look at oneself, send. Sending is media's own module; a desk without one still works.
import { call, room, say } from "./market.js";

const $ = (selector) => document.querySelector(selector);

export class Studio {
  #publisher = null;
  #sound = null;

  async begin(onAir) {
    $("#camera").addEventListener("click", () => this.#look("camera", onAir));
    $("#screen").addEventListener("click", () => this.#look("screen", onAir));
    for (const list of [$("#cameras"), $("#microphones")]) {
      list.addEventListener("change", () => this.#look("camera", onAir));
    }
    if (onAir) await this.#look("camera", true);
  }

  async #look(source, send) {
    try {
      this.#publisher ??= await this.#made();
      const chosen = { source, camera: $("#cameras").value, microphone: $("#microphones").value };
      await this.#publisher.preview($("#preview"), chosen);
      $("#desk-slate").hidden = true;
      await this.#list();
      this.#meter($("#preview").srcObject);
      if (send) await this.#send();
    } catch (error) {
      say(error.message);
    }
  }

  async #made() {
    const { Publisher } = await import(new URL(room.publisher, location.href).href);
    const publisher = new Publisher();
    publisher.onstatus = (status) => this.#told(status);
    return publisher;
  }

  async #send() {
    const token = async () => (await call(`${room.api}/publish`, { method: "POST", body: {} })).token;
    await this.#publisher.start(room.publish, token);
  }

  #told(status) {
    const place = $("#sending");
    const known = { live: "live", sending: "live", slow: "slow", broken: "broken", retrying: "broken" };
    place.textContent = place.dataset[known[status.state ?? status] ?? "idle"];
    place.dataset.state = status.state ?? status;
  }

  async #list() {
    const devices = await this.#publisher.devices();
    const lists = { "#cameras": devices.cameras ?? [], "#microphones": devices.microphones ?? [] };
    for (const [place, found] of Object.entries(lists)) {
      const chosen = $(place).value;
      $(place).replaceChildren(...found.map((each) => new Option(each.label, each.id, false, each.id === chosen)));
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
