// @ts-check
// The rhythms as sound in this page: every stroke a fixed time after the robots strike it, placed
// by the sound card's clock.

import { DrumKit } from "./drum-kit.js";
import { byId, notice } from "./page.js";
import { FORGET, SongClock, strokesBetween } from "./song-clock.js";

/** @typedef {import("./values.js").Playing} Playing */

/** Events come 25 times a second; a stroke is known at the latest when this has passed. */
const LATER_MS = 150;
const WIDTH = 0.35; // how far to the sides ensembles stand, 0..1

class Drummer {
  /** @param {AudioNode} output @param {BaseAudioContext} context */
  constructor(context, output) {
    this.kit = new DrumKit(context, output);
    this.clock = new SongClock();
    this.beat = NaN; // how far it has been struck
    /** @type {import("./contract.js").Rhythm | undefined} */
    this.rhythm = undefined;
  }

  /**
   * Strikes what has become due since the last event.
   * @param {Playing} playing
   * @param {number} nowMs when the event came
   * @param {(ms: number) => number} audioTime of a time of the page
   */
  play({ status, rhythm, song }, nowMs, audioTime) {
    if (!song || !rhythm || !song.playing || song.stopped || status.silent) {
      this.beat = NaN;
      return;
    }
    const { beat, jumped } = this.clock.hear(song, rhythm, nowMs);
    if (!jumped && this.beat < beat) {
      const before = this.rhythm || rhythm;
      for (const stroke of strokesBetween(before, rhythm, this.beat, beat)) {
        this.kit.strike(stroke.voice, stroke.velocity,
          audioTime(this.clock.msAt(stroke.beat) + LATER_MS));
      }
    }
    this.beat = beat;
    this.rhythm = rhythm;
  }
}

export class Sound {
  constructor() {
    /** @type {AudioContext | null} */
    this.context = null;
    /** @type {Drummer[]} one an ensemble */
    this.drummers = [];
    this.volume = byId("volume");
    byId("sound").addEventListener("click", () => this.turn());
    this.volume.addEventListener("input", () => this.level());
  }

  /** On, or off. */
  async turn() {
    try {
      if (!this.context) this.begin();
      else if (this.context.state === "running") await this.context.suspend();
      else await this.context.resume();
    } catch (fault) {
      notice("this browser plays no sound: " + fault.message);
    }
    byId("sound").setAttribute("aria-pressed", String(this.isOn()));
  }

  begin() {
    this.context = new AudioContext({ latencyHint: "interactive" });
    const limiter = this.context.createDynamicsCompressor();
    limiter.threshold.value = -6;
    limiter.ratio.value = 12;
    limiter.attack.value = 0.001;
    this.master = this.context.createGain();
    this.level();
    this.master.connect(limiter).connect(this.context.destination);
    this.context.addEventListener("statechange", () =>
      byId("sound").setAttribute("aria-pressed", String(this.isOn())));
  }

  isOn() {
    return this.context !== null && this.context.state === "running";
  }

  level() {
    if (this.master) this.master.gain.value = Number(this.volume.value) ** 2;
  }

  /** What the events say, at once: a page in the background is not drawn but heard. @param {Playing[]} all */
  hear(all) {
    const context = this.context;
    if (!context || !this.isOn()) return;
    const nowMs = performance.now();
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
    const ahead = performanceTime ? contextTime - performanceTime / 1000
      : context.currentTime - nowMs / 1000;
    // The card's time is told late, never early, as the song's is: the latest counts.
    this.ahead = this.ahead === undefined || Math.abs(ahead - this.ahead) > 0.05
      ? ahead : Math.max(ahead, this.ahead + FORGET * (ahead - this.ahead));
    const shift = this.ahead;
    all.forEach((playing, i) => {
      this.drummers[i] = this.drummers[i] || this.drummer(context, i, all.length);
      this.drummers[i].play(playing, nowMs,
        (ms) => Math.max(context.currentTime, ms / 1000 + shift));
    });
  }

  /** @param {AudioContext} context @param {number} i @param {number} count */
  drummer(context, i, count) {
    const place = context.createStereoPanner();
    place.pan.value = count > 1 ? WIDTH * (2 * i / (count - 1) - 1) : 0;
    place.connect(/** @type {AudioNode} */ (this.master));
    return new Drummer(context, place);
  }
}
