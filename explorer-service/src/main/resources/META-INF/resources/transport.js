// @ts-check
// The transport of the ensemble: start, stop, tempo, tap, panic. All performers share it.

import { call } from "./calls.js";
import { byId, notice } from "./page.js";
import { FASTEST, SLOWEST, tapped, tappedTempo } from "./values.js";

export class Transport {
  constructor() {
    /** @type {number[]} */
    this.taps = [];
    this.orders = 0;
    /** @param {string} id @param {(event: Event) => void} deed */
    const on = (id, deed) => byId(id).addEventListener("click", deed);
    on("start", () => this.order("SetTransport", { playing: true }));
    on("stop", () => this.order("SetTransport", { playing: false }));
    on("panic", () => this.order("Panic", {}));
    on("tap", (event) => this.tap(event.timeStamp));
    byId("tempo").addEventListener("change", () => {
      const bpm = Number(byId("tempo").value);
      if (byId("tempo").value && byId("tempo").checkValidity()) {
        this.order("SetTransport", { bpm });
      } else {
        notice(`tempo must be ${SLOWEST}..${FASTEST} quarter notes a minute`);
      }
    });
  }

  /** @param {number} now */
  tap(now) {
    this.taps = tapped(this.taps, now);
    const bpm = tappedTempo(this.taps);
    if (bpm) this.order("SetTransport", { bpm });
  }

  /**
   * Sends an order; what it has led to is shown at once, and by the events from then on.
   * @param {string} name
   * @param {object} body
   */
  async order(name, body) {
    this.orders++;
    try {
      const now = await call(name, body);
      this.show({ bpm: now.bpm, stopped: now.playing === false });
    } catch (fault) {
      notice(fault.message);
    }
    this.orders--;
  }

  /** Before anybody plays there are no events that tell. */
  async look() {
    await this.order("GetTransport", {});
  }

  /** @param {{bpm: number, stopped: boolean}} song */
  show(song) {
    byId("start").setAttribute("aria-pressed", String(!song.stopped));
    byId("stop").setAttribute("aria-pressed", String(song.stopped));
    if (document.activeElement !== byId("tempo") && Number.isFinite(song.bpm)) {
      const text = String(Math.round(song.bpm * 10) / 10);
      if (byId("tempo").value !== text) byId("tempo").value = text;
    }
  }

  /** What the events say. @param {import("./contract.js").SongPosition | undefined} song */
  hear(song) {
    if (song && !this.orders) this.show(song);
  }
}
