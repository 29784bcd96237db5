// @ts-check
// A panel for each ensemble: its rhythm, who leads it, how it plays.

import { call } from "./calls.js";
import { drawRhythm } from "./drawing.js";
import { byId, notice, setText } from "./page.js";
import { playhead } from "./values.js";

/** @typedef {import("./values.js").Playing} Playing */

class Panel {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.name = "";
    /** @type {Playing | null} */
    this.now = null;
    this.at = 0; // when the song was first there
    this.orders = 0;
    this.root = root;
    /** @type {Record<string, any>} */
    this.part = {};
    for (const node of this.root.querySelectorAll("[data-is]")) {
      this.part[node.getAttribute("data-is") || ""] = node;
    }
    for (const what of ["mute", "solo"]) {
      this.part[what].addEventListener("click", () =>
        this.order("SetTransport",
          { [what]: this.part[what].getAttribute("aria-pressed") !== "true" }));
    }
    this.part.takeover.addEventListener("change", () =>
      this.order("SetTransport", { takeOver: this.part.takeover.value }));
  }

  /**
   * Sends an order to this ensemble; what it has led to is shown at once.
   * @param {string} name
   * @param {object} body
   */
  async order(name, body) {
    this.orders++;
    try {
      const now = await call(name, { ...body, ensemble: this.name });
      if (now.takeOver) this.part.takeover.value = now.takeOver;
      this.press(now.mute === true, now.solo === true);
    } catch (fault) {
      notice(fault.message);
    }
    this.orders--;
  }

  /** @param {boolean} mute @param {boolean} solo */
  press(mute, solo) {
    this.part.mute.setAttribute("aria-pressed", String(mute));
    this.part.solo.setAttribute("aria-pressed", String(solo));
  }

  /** @param {Playing} playing @param {boolean} several */
  show(playing, several) {
    const { status, rhythm, song } = playing;
    const before = this.now && this.now.song;
    const same = before && song && before.bar === song.bar && before.beat === song.beat;
    this.at = same ? this.at : performance.now();
    this.now = playing;
    if (this.name !== status.ensemble) {
      this.name = status.ensemble;
      this.order("GetTransport", {});
    }
    if (!this.orders) this.press(status.mute, status.solo);
    this.root.dataset.silent = String(status.silent);
    this.part.mute.hidden = this.part.solo.hidden = !several;
    setText(this.part.name, several ? status.ensemble : "What is drummed");
    const silent = status.silent ? (status.mute ? ", muted" : ", silent while another is solo") : "";
    const leader = rhythm && playing.performers > 1 ? rhythm.origin.performer + " leads: " : "";
    const text = rhythm ? `${leader}${rhythm.modelVersion}, ${rhythm.step.length} strokes in ` +
      `${rhythm.bars} ${rhythm.bars === 1 ? "bar" : "bars"}${silent}` : "no rhythm yet" + silent;
    setText(this.part.drummed, text);
    if (this.part.strokes.getAttribute("aria-label") !== text) {
      this.part.strokes.setAttribute("aria-label", text);
    }
  }

  /** @param {import("./drawing.js").Colours} colour */
  draw(colour) {
    if (!this.now || !this.now.rhythm || !this.now.rhythm.voices.length) return;
    const { rhythm, song } = this.now;
    drawRhythm(this.part.strokes, rhythm,
      playhead(rhythm, song, performance.now() - this.at), colour);
  }
}

export class Ensembles {
  constructor() {
    const all = byId("ensembles");
    const blank = all.firstElementChild.cloneNode(true);
    this.another = () => all.appendChild(/** @type {HTMLElement} */ (blank.cloneNode(true)));
    this.panels = [new Panel(all.firstElementChild)];
  }

  /** @param {Playing[]} all */
  show(all) {
    if (all.length === 0) return;
    while (this.panels.length < all.length) this.panels.push(new Panel(this.another()));
    for (const panel of this.panels.splice(all.length)) panel.root.remove();
    all.forEach((playing, i) => this.panels[i].show(playing, all.length > 1));
  }

  /** @param {import("./drawing.js").Colours} colour */
  draw(colour) {
    for (const panel of this.panels) panel.draw(colour);
  }
}
