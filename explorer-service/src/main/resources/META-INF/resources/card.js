"use strict";
// One performer's card: what is heard, where it leads, and the hand. Everything that comes from
// outside is set as text, never as markup.

const FEATURES = [
  ["ambitus", (v) => v.toFixed(1) + " semitones"],
  ["density", (v) => v.toFixed(2) + " /s"],
  ["rms", (v) => v.toFixed(4)],
  ["centroid", (v) => v.toFixed(0) + " Hz"],
  ["spread", (v) => v.toFixed(0) + " Hz"],
  ["skewness", (v) => v.toFixed(2)],
  ["kurtosis", (v) => v.toFixed(1)],
  ["rolloff", (v) => v.toFixed(0) + " Hz"],
  ["flatness", (v) => v.toFixed(1) + " dB"],
  ["crest", (v) => v.toFixed(1) + " dB"],
];
const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const TRAIL = 160;
const QUIETEST = -72;
const RAMP_EXPONENT = Math.log2(10); // as RampCurve: half the travel is 500 ms

class Card {
  constructor(name) {
    this.name = name;
    this.trail = [];
    this.root = byId("performer").content.cloneNode(true).firstElementChild;
    this.part = {};
    for (const node of this.root.querySelectorAll("[data-is]")) this.part[node.dataset.is] = node;
    this.part.name.textContent = name;
    this.part.square.setAttribute("aria-label",
      "Latent space of " + name + ": arrow keys move the point, with Shift in larger steps");
    this.bars = FEATURES.map(([feature]) => this.bar(feature));
    this.choice("mode");
    this.choice("sending");
    this.part.send.addEventListener("click", () => command("send", { performer: name }));
    this.part.noise.addEventListener("input", () => this.put());
    this.part.ramp.addEventListener("input", () => this.put());
    this.part.square.addEventListener("keydown", (event) => this.key(event));
    this.part.square.addEventListener("pointerdown", (event) => {
      this.part.square.setPointerCapture(event.pointerId);
      this.take(placeOf(this.part.square, event));
    });
    this.part.square.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) this.take(placeOf(this.part.square, event));
    });
    byId("performers").append(this.root);
    this.teaching = new Teaching(name, this.part);
  }

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

  /** The other senses that are there, below the ten. */
  showSenses(frame) {
    while (this.bars.length > FEATURES.length + frame.senses.length) {
      this.bars.pop();
      this.part.features.lastElementChild.remove();
    }
    frame.senses.forEach((sense, i) => {
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

  choice(kind) {
    for (const input of this.part[kind].querySelectorAll("input")) {
      input.name = kind + "-" + this.name;
      input.addEventListener("change", () =>
        command("settings", { performer: this.name, [kind]: input.value }));
    }
  }

  key(event) {
    const step = event.shiftKey ? 0.1 : 0.02;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowDown: [0, -step],
      ArrowUp: [0, step] }[event.key];
    if (!move) return;
    event.preventDefault();
    const from = this.picture.mode === "select" ? this.held || this.picture.hand.position
      : this.picture.point.position;
    this.take([0, 1].map((i) => Math.min(1, Math.max(0, from[i] + move[i]))));
  }

  /** The hand takes the point: at most one command is under way, the newest place wins. */
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
      const hand = this.picture.hand.position;
      const position = this.held ? [...this.held, ...hand.slice(2)] : hand;
      await command("place", {
        performer: this.name, position, noise: Number(this.part.noise.value),
        zRampMs: 5000 * Number(this.part.ramp.value) ** RAMP_EXPONENT,
      });
      // After the place, so that the point does not go by where the hand was last.
      if (this.held && this.picture.mode !== "select") {
        await command("settings", { performer: this.name, mode: "select" });
      }
    }
    this.putting = false;
  }

  /** Takes over what has come; without: of a performer whose input is missing. */
  show(picture, without) {
    const fresh = !this.picture || this.picture.frame.number !== picture.frame.number;
    this.picture = picture;
    const frame = picture.frame;
    const active = document.activeElement;
    if (!this.putting) {
      this.held = null;
      const byHand = picture.mode === "select";
      const shown = byHand ? picture.hand : picture.point;
      if (!byHand || active !== this.part.noise) this.part.noise.value = shown.noise;
      if (!byHand || active !== this.part.ramp) this.part.ramp.value = shown.zRampTravel;
    }
    this.showMover(picture);
    for (const kind of ["mode", "sending"]) {
      for (const input of this.part[kind].querySelectorAll("input")) {
        input.checked = input.value === picture[kind];
      }
    }
    const state = without ? "no input" : picture.ended ? "ended" : frame.silent ? "silent" : "playing";
    setText(this.part.state, state);
    this.part.state.dataset.on = String(state === "playing");
    const level = Math.min(1, Math.max(0, 1 - frame.level / QUIETEST));
    this.part.level.firstElementChild.style.clipPath = `inset(0 ${100 - level * 100}% 0 0)`;
    this.part.level.setAttribute("aria-label", "Level " + frame.level.toFixed(0) + " dBFS");
    setText(this.part.dbfs, frame.level.toFixed(1) + " dBFS");
    setText(this.part.pitch, pitch(frame));
    setText(this.part.heard, `${frame.soundS.toFixed(0)} s heard` +
      (picture.missed ? `, ${picture.missed} frames lost on the way` : ""));
    this.bars.slice(0, FEATURES.length).forEach((bar, i) => {
      const value = frame.vector[i] || 0;
      bar.fill.style.transform = `scaleX(${value})`;
      setText(bar.scaled, value.toFixed(2));
      setText(bar.raw, FEATURES[i][1](frame.raw[i]));
    });
    this.showSenses(frame);
    this.teaching.show(picture);
    const point = picture.point;
    if (fresh) {
      this.trail.push(point.position.slice(0, 2));
      if (this.trail.length > TRAIL) this.trail.shift();
    }
    setText(this.part.place, `x ${point.position[0].toFixed(2)}  y ${point.position[1].toFixed(2)}` +
      point.position.slice(2).map((v, i) => `  z${i + 3} ${v.toFixed(2)}`).join("") +
      `  noise ${point.noise.toFixed(2)}  glide ${point.zRampMs.toFixed(0)} ms`);
    this.showLead(picture.rhythm ? picture.rhythm.leader : "");
  }

  /** Whether the hand moves noise and glide: else the sliders show what the mapping says. */
  showMover(picture) {
    const byHand = picture.mode === "select";
    this.part.noise.disabled = !byHand;
    this.part.ramp.disabled = !byHand;
    setText(this.part.mover, byHand ? "The hand moves noise and glide."
      : "The mapping moves noise and glide; take the point in hand to move them.");
    setText(this.part["noise-value"], Number(this.part.noise.value).toFixed(2));
    setText(this.part["ramp-value"],
      (5000 * Number(this.part.ramp.value) ** RAMP_EXPONENT).toFixed(0) + " ms");
  }

  /** Whose rhythm the ensemble plays: only the leader's point glides on into what is drummed. */
  showLead(leader) {
    const several = cards.size > 1;
    this.leads = leader === this.name;
    setText(this.part.lead, !several || !leader ? "" : this.leads ? "leads" : "follows");
    this.part.lead.dataset.on = String(this.leads);
    this.part.glide.style.visibility = this.leads ? "visible" : "hidden";
    setText(this.part.led, leader && !this.leads
      ? `The ensemble plays ${leader}'s rhythm, not this point's.` : "");
  }

  /** The connection is gone: nothing that the card shows is true any more. */
  lost() {
    setText(this.part.state, "no connection");
    this.part.state.dataset.on = "false";
    this.part.level.firstElementChild.style.clipPath = "inset(0 100% 0 0)";
    this.teaching.lost();
  }

  draw() {
    const { point, rhythm } = this.picture;
    const glide = this.leads && rhythm.position.length > 1 ? rhythm.position : null;
    const target = this.held && this.putting ? this.held : point.position;
    const pairs = this.teaching.pairs
      .filter((pair) => pair.motion !== "MOTION_MOVEMENT").map((pair) => pair.output);
    drawSquare(this.part.square, this.trail, target, glide, pairs, palette);
    this.teaching.draw(palette);
  }
}

function pitch(frame) {
  const note = Math.round(frame.pitch);
  if (frame.silent || note <= 0) return "no pitch";
  const cents = Math.round((frame.pitch - note) * 100);
  return `${NOTES[note % 12]}${Math.floor(note / 12) - 1} ${cents < 0 ? "−" : "+"}${Math.abs(cents)} ct`;
}
