// @ts-check
// What lies where in the latent space: a picture below the square of every performer.

import { call } from "./calls.js";
import { notice } from "./page.js";
import { asAlpha, hasMoved, under } from "./values.js";

/** @typedef {import("./contract.js").MapReply} MapReply */
/** @typedef {import("./drawing.js").Colours} Colours */

const SIDE = 32;
const AGAIN_MS = 3000; // the shortest time between two maps, while other dimensions move
const STRONGEST = 0.55; // alpha
const HUES = 11; // voices in different colours
/** Names and what they show. */
export const LAYERS = { "": "nothing", density: "density", voice: "busiest voice",
  novelty: "novelty" };

export class LatentMap {
  constructor() {
    /** @type {keyof typeof LAYERS} */
    this.layer = "density";
    this.version = "";
    /** @type {number[]} of the dimensions beyond the first two, 0..1 */
    this.others = [];
    this.askedAt = -AGAIN_MS;
    this.asking = false;
    /** @type {MapReply | null} */
    this.cells = null;
    /** @type {Map<string, HTMLCanvasElement>} by layer and colour */
    this.pictures = new Map();
    /** @type {string[]} */
    this.voices = [];
  }

  /**
   * Asks for another map when the model or the other dimensions are others.
   * @param {import("./contract.js").Rhythm | undefined} rhythm
   */
  async follow(rhythm) {
    if (!rhythm || !this.layer || this.asking) return;
    const others = rhythm.position.slice(2);
    const isOther = rhythm.modelVersion !== this.version;
    const now = performance.now();
    if (!isOther && !hasMoved(this.others, others) || now - this.askedAt < AGAIN_MS) return;
    this.asking = true;
    this.askedAt = now;
    try {
      const position = rhythm.position.length > 2 ? others : [];
      this.cells = await call("Map", { side: SIDE, position });
      this.voices = [...new Set(this.cells?.cells.map((cell) => cell.voice).filter((v) => v))];
      this.pictures.clear();
    } catch (fault) {
      this.cells = null;
      notice("no map of the latent space: " + fault.message);
    }
    // What failed is not asked for again until the model is another.
    this.version = rhythm.modelVersion;
    this.others = others;
    this.asking = false;
  }

  /** The layer as a picture, a pixel each place, y upwards. @param {Colours} colour */
  picture(colour) {
    if (!this.cells || !this.layer) return null;
    const key = this.layer + colour.bar;
    const before = this.pictures.get(key);
    if (before) return before;
    const { side, cells } = this.cells;
    const made = document.createElement("canvas");
    made.width = made.height = side;
    const draw = /** @type {CanvasRenderingContext2D} */ (made.getContext("2d"));
    const alpha = asAlpha(cells, this.layer);
    cells.forEach((cell, i) => {
      draw.globalAlpha = STRONGEST * alpha[i];
      draw.fillStyle = this.layer === "voice" ? this.hue(cell.voice)
        : this.layer === "novelty" ? colour.glide : colour.bar;
      draw.fillRect(i % side, side - 1 - Math.floor(i / side), 1, 1);
    });
    this.pictures.set(key, made);
    return made;
  }

  /** @param {string} voice */
  hue(voice) {
    return `hsl(${Math.round(360 * (this.voices.indexOf(voice) * 4 % HUES) / HUES)} 70% 55%)`;
  }

  /** Which colour is which voice. @param {HTMLElement} list */
  showVoices(list) {
    const voices = this.layer === "voice" ? this.voices : [];
    if (list.children.length === voices.length) return;
    list.replaceChildren(...voices.map((voice) => {
      const key = document.createElement("span");
      const dot = document.createElement("i");
      dot.style.background = this.hue(voice);
      key.append(dot, voice);
      return key;
    }));
  }

  /** What lies at a place 0..1 each, in words. @param {number[] | null} place */
  tell(place) {
    return this.cells && this.layer && place ? under(this.cells, place) : "";
  }
}
