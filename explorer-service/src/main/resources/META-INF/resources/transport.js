"use strict";
// The transport of the ensemble: start, stop, tempo, tap, panic. All performers share it.

const SLOWEST = 20;
const FASTEST = 300;
const TAPS = 8; // the newest intervals that a tapped tempo is the mean of
const PAUSE_MS = 2000; // after so long without a tap the counting begins anew

/** The tempo of taps, in a range that can be played; null for fewer than two. */
function tappedTempo(taps) {
  if (taps.length < 2) return null;
  const mean = (taps[taps.length - 1] - taps[0]) / (taps.length - 1);
  return Math.min(FASTEST, Math.max(SLOWEST, Math.round(600000 / mean) / 10));
}

/** The taps that count, with a new one at the end. */
function tapped(taps, now) {
  const going = taps.length && now - taps[taps.length - 1] <= PAUSE_MS ? taps : [];
  return [...going, now].slice(-TAPS - 1);
}

class Transport {
  constructor() {
    this.taps = [];
    this.orders = 0;
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

  tap(now) {
    this.taps = tapped(this.taps, now);
    const bpm = tappedTempo(this.taps);
    if (bpm) this.order("SetTransport", { bpm });
  }

  /** Sends an order; what it has led to is shown at once, and by the events from then on. */
  async order(name, body) {
    this.orders++;
    try {
      const now = await ask(name, body);
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

  show(song) {
    byId("start").setAttribute("aria-pressed", String(!song.stopped));
    byId("stop").setAttribute("aria-pressed", String(Boolean(song.stopped)));
    if (document.activeElement !== byId("tempo") && Number.isFinite(song.bpm)) {
      const text = String(Math.round(song.bpm * 10) / 10);
      if (byId("tempo").value !== text) byId("tempo").value = text;
    }
  }

  /** What the events say of the song. */
  hear(song) {
    if (song && !this.orders) this.show(song);
  }
}
