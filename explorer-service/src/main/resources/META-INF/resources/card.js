// @ts-check
// One performer's card: what is heard, where it leads, and the hand. Everything that comes from
// outside is set as text, never as markup.

import { call } from "./calls.js";
import { drawSquare } from "./drawing.js";
import { LAYERS, LatentMap } from "./latent-map.js";
import { byId, notice, setText } from "./page.js";
import { Teaching } from "./teaching.js";
import { moved, pitch, placeOf, rampMs, rampTravel, senseNames } from "./values.js";

/** @typedef {import("./contract.js").FeatureFrame} FeatureFrame */
/** @typedef {import("./contract.js").PerformerNow} PerformerNow */

/** @type {[string, string, (value: number) => string][]} name, key of its raw value, that as text */
const FEATURES = [
  ["ambitus", "ambitusSemitones", (v) => v.toFixed(1) + " semitones"],
  ["density", "densityPerS", (v) => v.toFixed(2) + " /s"],
  ["rms", "rmsLinear", (v) => v.toFixed(4)],
  ["centroid", "centroidHz", (v) => v.toFixed(0) + " Hz"],
  ["spread", "spreadHz", (v) => v.toFixed(0) + " Hz"],
  ["skewness", "skewness", (v) => v.toFixed(2)],
  ["kurtosis", "kurtosis", (v) => v.toFixed(1)],
  ["rolloff", "rolloffHz", (v) => v.toFixed(0) + " Hz"],
  ["flatness", "flatnessDb", (v) => v.toFixed(1) + " dB"],
  ["crest", "crestDb", (v) => v.toFixed(1) + " dB"],
];
/** @type {["mode", "sending"]} */
const CHOICES = ["mode", "sending"];
const TRAIL = 160;
const QUIETEST = -72;
const map = new LatentMap(); // all performers' squares show the same model

export class Card {
  /** @param {string} name of the performer @param {PerformerNow} now */
  constructor(name, now) {
    this.name = name;
    this.now = now;
    this.frame = "";
    /** @type {number[][]} */
    this.trail = [];
    /** @type {number[] | null} where the hand has put the point and nothing says so yet */
    this.held = null;
    this.pending = false;
    this.putting = false;
    this.leads = false;
    /** @type {number[] | null} where the pointer is */
    this.over = null;
    /** @type {HTMLElement} */
    this.root = byId("performer").content.cloneNode(true).firstElementChild;
    /** @type {Record<string, any>} */
    this.part = {};
    for (const node of this.root.querySelectorAll("[data-is]")) {
      this.part[node.getAttribute("data-is") || ""] = node;
    }
    this.part.name.textContent = name;
    this.part.square.setAttribute("aria-label",
      "Latent space of " + name + ": arrow keys move the point, with Shift in larger steps");
    this.bars = FEATURES.map(([feature]) => this.bar(feature));
    for (const kind of CHOICES) this.choice(kind);
    this.part.send.addEventListener("click", () => this.order("Send", {}));
    this.part.noise.addEventListener("input", () => this.put());
    this.part.ramp.addEventListener("input", () => this.put());
    this.part.square.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.part.square.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      this.part.square.setPointerCapture(event.pointerId);
      this.take(placeOf(this.part.square.getBoundingClientRect(), event));
    });
    this.part.square.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      this.over = placeOf(this.part.square.getBoundingClientRect(), event);
      if (event.buttons & 1) this.take(this.over);
    });
    this.part.square.addEventListener("pointerleave", () => {
      this.over = null;
    });
    for (const [layer, name] of Object.entries(LAYERS)) this.part.layer.add(new Option(name, layer));
    this.part.layer.addEventListener("change", () => {
      map.layer = this.part.layer.value;
    });
    byId("performers").append(this.root);
    this.teaching = new Teaching(name, this.part);
  }

  /** Asks for something and says what is wrong with it. @param {string} name @param {object} body */
  async order(name, body) {
    try {
      await call(name, { performer: this.name, ...body });
    } catch (fault) {
      notice(fault.message.slice(0, 120));
    }
  }

  /** @param {string} feature */
  bar(feature) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const track = document.createElement("div");
    const fill = document.createElement("i");
    const scaled = document.createElement("span");
    const raw = document.createElement("span");
    label.textContent = feature;
    track.setAttribute("aria-hidden", "true");
    track.append(fill);
    item.append(label, track, scaled, raw);
    this.part.features.append(item);
    return { label, fill, scaled, raw };
  }

  /** The other senses that are there, below the ten. @param {FeatureFrame} frame */
  showSenses(frame) {
    const senses = senseNames(frame);
    while (this.bars.length > FEATURES.length + senses.length) {
      this.bars.pop();
      this.part.features.lastElementChild.remove();
    }
    senses.forEach((sense, i) => {
      const place = FEATURES.length + i;
      if (!this.bars[place]) this.bars.push(this.bar(sense));
      const bar = this.bars[place];
      const value = frame.vector[place] || 0;
      setText(bar.label, sense);
      bar.fill.style.transform = `scaleX(${value})`;
      setText(bar.scaled, value.toFixed(2));
      setText(bar.raw, Number(frame.senseRaw[i] || 0).toPrecision(3));
    });
  }

  /** @param {"mode" | "sending"} kind */
  choice(kind) {
    for (const input of this.part[kind].querySelectorAll("input")) {
      input.name = kind + "-" + this.name;
      input.addEventListener("change", () =>
        this.order("SetSettings", { [kind]: input.value }));
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = event.shiftKey ? 0.1 : 0.02;
    /** @type {Record<string, number[]>} */
    const steps = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowDown: [0, -step],
      ArrowUp: [0, step] };
    const move = steps[event.key];
    if (!move) return;
    event.preventDefault();
    const { echo, settings } = this.now;
    const from = this.isByHand() ? this.held || settings.position : echo.point.position;
    this.take(moved(from, move));
  }

  isByHand() {
    return this.now.settings.mode === "MODE_SELECT";
  }

  /** The hand takes the point: at most one call is under way, the newest place wins. @param {number[]} place */
  take(place) {
    this.held = place;
    this.put();
  }

  async put() {
    this.pending = true;
    if (this.putting) return;
    this.putting = true;
    while (this.pending) {
      this.pending = false;
      const hand = this.now.settings.position;
      const position = this.held ? [...this.held, ...hand.slice(2)] : hand;
      await this.order("Place", {
        position, noise: Number(this.part.noise.value), zRampMs: rampMs(Number(this.part.ramp.value)),
      });
      // After the place, so that the point does not go by where the hand was last.
      if (this.held && !this.isByHand()) await this.order("SetSettings", { mode: "MODE_SELECT" });
    }
    this.putting = false;
  }

  /**
   * Takes over what has come.
   * @param {PerformerNow} now
   * @param {boolean} without the performer's input is missing
   * @param {boolean} several performers play
   */
  show(now, without, several) {
    this.now = now;
    const { echo, settings, ended } = now;
    const frame = echo.features;
    const active = document.activeElement;
    if (!this.putting) {
      this.held = null;
      const shown = this.isByHand() ? settings : echo.point;
      if (!this.isByHand() || active !== this.part.noise) this.part.noise.value = shown.noise;
      if (!this.isByHand() || active !== this.part.ramp) {
        this.part.ramp.value = rampTravel(shown.zRampMs);
      }
    }
    this.showMover();
    for (const kind of CHOICES) {
      for (const input of this.part[kind].querySelectorAll("input")) {
        input.checked = input.value === settings[kind];
      }
    }
    const state = without ? "no input" : ended ? "ended" : frame.silent ? "silent" : "playing";
    setText(this.part.state, state);
    this.part.state.dataset.on = String(state === "playing");
    this.showFrame(frame);
    this.teaching.show(now);
    this.showPoint(echo.point);
    this.showLead(echo.rhythm ? echo.rhythm.origin.performer : "", several);
  }

  /** @param {FeatureFrame} frame */
  showFrame(frame) {
    const level = Math.min(1, Math.max(0, 1 - frame.levelDbfs / QUIETEST));
    this.part.level.firstElementChild.style.clipPath = `inset(0 ${100 - level * 100}% 0 0)`;
    this.part.level.setAttribute("aria-label", "Level " + frame.levelDbfs.toFixed(0) + " dBFS");
    setText(this.part.dbfs, frame.levelDbfs.toFixed(1) + " dBFS");
    setText(this.part.pitch, pitch(frame));
    const seconds = Number(this.now.echo.features.origin.soundNanos) / 1e9;
    setText(this.part.heard, `${seconds.toFixed(0)} s heard` +
      (this.now.missedFrames ? `, ${this.now.missedFrames} frames lost on the way` : ""));
    FEATURES.forEach(([, key, text], i) => {
      const bar = this.bars[i];
      const value = frame.vector[i] || 0;
      bar.fill.style.transform = `scaleX(${value})`;
      setText(bar.scaled, value.toFixed(2));
      setText(bar.raw, text(Number(frame.raw[key])));
    });
    this.showSenses(frame);
  }

  /** @param {import("./contract.js").LatentPoint} point */
  showPoint(point) {
    if (this.frame !== this.now.echo.features.frame) {
      this.frame = this.now.echo.features.frame;
      this.trail.push(point.position.slice(0, 2));
      if (this.trail.length > TRAIL) this.trail.shift();
    }
    setText(this.part.place, `x ${point.position[0].toFixed(2)}  y ${point.position[1].toFixed(2)}` +
      point.position.slice(2).map((v, i) => `  z${i + 3} ${v.toFixed(2)}`).join("") +
      `  noise ${point.noise.toFixed(2)}  glide ${point.zRampMs.toFixed(0)} ms`);
  }

  /** Whether the hand moves noise and glide: else the sliders show what the mapping says. */
  showMover() {
    const byHand = this.isByHand();
    this.part.noise.disabled = !byHand;
    this.part.ramp.disabled = !byHand;
    setText(this.part.mover, byHand ? "The hand moves noise and glide."
      : "The mapping moves noise and glide; take the point in hand to move them.");
    setText(this.part["noise-value"], Number(this.part.noise.value).toFixed(2));
    setText(this.part["ramp-value"],
      rampMs(Number(this.part.ramp.value)).toFixed(0) + " ms");
  }

  /**
   * Whose rhythm the ensemble plays: only the leader's point glides on into what is drummed.
   * @param {string} leader
   * @param {boolean} several
   */
  showLead(leader, several) {
    this.leads = leader === this.name;
    setText(this.part.lead, !several || !leader ? "" : this.leads ? "leads" : "follows");
    this.part.lead.dataset.on = String(this.leads);
    this.part.glide.style.visibility = this.leads ? "visible" : "hidden";
    const ensemble = this.now.echo.ensembles.length > 1 ? this.now.echo.ensemble : "The ensemble";
    setText(this.part.led, leader && !this.leads
      ? `${ensemble} plays ${leader}'s rhythm, not this point's.` : "");
  }

  /** The connection is gone: nothing that the card shows is true any more. */
  lost() {
    setText(this.part.state, "no connection");
    this.part.state.dataset.on = "false";
    this.part.level.firstElementChild.style.clipPath = "inset(0 100% 0 0)";
    this.teaching.lost();
  }

  /** @param {import("./drawing.js").Colours} colour */
  draw(colour) {
    const { point, rhythm } = this.now.echo;
    const glide = this.leads && rhythm && rhythm.position.length > 1 ? rhythm.position : null;
    const target = this.held && this.putting ? this.held : point.position;
    const pairs = this.teaching.pairs
      .filter((pair) => pair.motion !== "MOTION_MOVEMENT").map((pair) => pair.output);
    map.follow(rhythm);
    drawSquare(this.part.square, this.trail, target, glide, pairs, colour, map.picture(colour));
    if (this.part.layer.value !== map.layer) this.part.layer.value = map.layer;
    setText(this.part.under, map.tell(this.over || point.position));
    map.showVoices(this.part.voices);
    this.teaching.draw(colour);
  }
}
