"use strict";
// The screen: shows what the events say, and sends what the hands do. Everything that comes from
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

const cards = new Map();
let newest = null;
let newestAt = 0;
let palette = colours();
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
  palette = colours();
});

const byId = (id) => document.getElementById(id);

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function weather(state, text) {
  byId("weather").dataset.state = state;
  setText(byId("weather"), text);
}

// ---- commands

async function command(path, body) {
  try {
    const answer = await fetch("api/" + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) weather("bad", (await answer.text()).trim().slice(0, 120));
  } catch {
    weather("bad", "explorer-service does not answer");
  }
}

// ---- one performer's card

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

  /** Takes over what has come. */
  show(picture) {
    const fresh = !this.picture || this.picture.frame.number !== picture.frame.number;
    this.picture = picture;
    const frame = picture.frame;
    const active = document.activeElement;
    if (!this.putting) {
      this.held = null;
      if (active !== this.part.noise) this.part.noise.value = picture.hand.noise;
      if (active !== this.part.ramp) this.part.ramp.value = picture.hand.zRampTravel;
    }
    const noise = Number(this.part.noise.value);
    const ramp = 5000 * Number(this.part.ramp.value) ** RAMP_EXPONENT;
    setText(this.part["noise-value"], noise.toFixed(2));
    setText(this.part["ramp-value"], ramp.toFixed(0) + " ms");
    for (const kind of ["mode", "sending"]) {
      for (const input of this.part[kind].querySelectorAll("input")) {
        input.checked = input.value === picture[kind];
      }
    }
    const state = picture.ended ? "ended" : frame.silent ? "silent" : "playing";
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
    this.teaching.show(picture.exploring, picture.revision);
    const point = picture.point;
    if (fresh) {
      this.trail.push(point.position.slice(0, 2));
      if (this.trail.length > TRAIL) this.trail.shift();
    }
    setText(this.part.place, `x ${point.position[0].toFixed(2)}  y ${point.position[1].toFixed(2)}` +
      point.position.slice(2).map((v, i) => `  z${i + 3} ${v.toFixed(2)}`).join("") +
      `  noise ${point.noise.toFixed(2)}  glide ${point.zRampMs.toFixed(0)} ms`);
    const rhythm = picture.rhythm;
    setText(this.part.model, rhythm ? `${rhythm.model}, ${rhythm.step.length} strokes in ` +
      `${rhythm.bars} ${rhythm.bars === 1 ? "bar" : "bars"}` : "no rhythm yet");
    if (rhythm) this.part.rhythm.setAttribute("aria-label", this.part.model.textContent);
  }

  draw(now) {
    const { point, rhythm, song } = this.picture;
    const glide = rhythm && rhythm.position.length > 1 ? rhythm.position : null;
    const target = this.held && this.putting ? this.held : point.position;
    const pairs = this.teaching.pairs
      .filter((pair) => pair.motion !== "MOTION_MOVEMENT").map((pair) => pair.output);
    drawSquare(this.part.square, this.trail, target, glide, pairs, palette);
    this.teaching.draw(palette);
    if (rhythm && rhythm.voices.length) {
      drawRhythm(this.part.rhythm, rhythm, playhead(rhythm, song, now), palette);
    }
  }
}

function pitch(frame) {
  const note = Math.round(frame.pitch);
  if (frame.silent || note <= 0) return "no pitch";
  const cents = Math.round((frame.pitch - note) * 100);
  return `${NOTES[note % 12]}${Math.floor(note / 12) - 1} ${cents < 0 ? "−" : "+"}${Math.abs(cents)} ct`;
}

/** Where the song is in the rhythm's loop, in steps; between two events it runs on by itself. */
function playhead(rhythm, song, now) {
  if (!song || !rhythm.bars) return -1;
  const beats = rhythm.bars * rhythm.beatsPerBar;
  const beatMs = 60000 / Math.max(1, song.bpm) * (4 / Math.max(1, rhythm.beatUnit));
  const since = song.playing ? Math.min(1000, now - song.at) / beatMs : 0;
  const beat = (song.bar % rhythm.bars) * rhythm.beatsPerBar + song.beat + since;
  return ((beat % beats) + beats) % beats * rhythm.stepsPerBeat;
}

// ---- what comes

function take(pictures) {
  const now = performance.now();
  for (const picture of pictures) {
    let card = cards.get(picture.name);
    if (!card) cards.set(picture.name, card = new Card(picture.name));
    const before = card.picture && card.picture.song;
    if (picture.song) {
      const same = before && before.bar === picture.song.bar && before.beat === picture.song.beat;
      picture.song.at = same ? before.at : now;
    }
    card.show(picture);
  }
  for (const [name, card] of cards) {
    if (!pictures.some((picture) => picture.name === name)) {
      card.teaching.end();
      card.root.remove();
      cards.delete(name);
    }
  }
  byId("empty").hidden = pictures.length > 0;
  if (pictures.length) {
    const first = pictures.reduce((a, b) => (b.stages.length > a.stages.length ? b : a));
    showStages(first.stages);
    const song = first.song;
    setText(byId("song"), song ? `bar ${song.bar + 1}.${Math.floor(song.beat) + 1}   ` +
      `${song.bpm.toFixed(0)} bpm   ${first.strokes} strokes` +
      (first.strokesDropped ? `, ${first.strokesDropped} dropped` : "") +
      (song.playing ? "" : "   stopped") : "");
  } else {
    weather("ok", "listening");
  }
}

const events = new EventSource("api/events");
events.onmessage = (event) => {
  newest = JSON.parse(event.data).performers;
  newestAt = performance.now();
};
events.onerror = () => weather("bad", "no connection to explorer-service, trying again");

function frame(now) {
  if (newest) {
    take(newest);
    newest = null;
  }
  if (now - newestAt < 2000) for (const card of cards.values()) card.draw(now);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
