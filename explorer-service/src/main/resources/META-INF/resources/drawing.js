// @ts-check
// Draws the square of the latent space and the grid of the rhythm.

import { squareMargin } from "./values.js";

/** @typedef {{ground: string, line: string, text: string, quiet: string, target: string,
 *   glide: string, bar: string}} Colours */

/** The page's colours as they are now, dark or light. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const of = (name) => style.getPropertyValue("--" + name).trim();
  return {
    ground: of("ground"), line: of("line"), text: of("text"), quiet: of("quiet"),
    target: of("target"), glide: of("glide"), bar: of("bar"),
  };
}

/**
 * A canvas's context in CSS pixels, its size following the layout and the screen's density.
 * @param {HTMLCanvasElement} canvas
 * @param {number} [height]
 */
function sheet(canvas, height) {
  const density = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const tall = height || canvas.clientHeight;
  if (height) canvas.style.height = height + "px";
  const w = Math.max(1, Math.round(width * density));
  const h = Math.max(1, Math.round(tall * density));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const draw = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  draw.setTransform(density, 0, 0, density, 0, 0);
  draw.clearRect(0, 0, width, tall);
  return { draw, width, height: tall };
}

/**
 * The square: x to the right, y upwards, both 0..1, with a margin that noise may reach into.
 * @param {HTMLCanvasElement} canvas
 * @param {number[][]} trail places, oldest first
 * @param {number[] | null} target
 * @param {number[] | null} glide
 * @param {number[][]} pairs places
 * @param {Colours} colour
 * @param {HTMLCanvasElement | null} map what lies below, y upwards
 */
export function drawSquare(canvas, trail, target, glide, pairs, colour, map) {
  const { draw, width } = sheet(canvas);
  const margin = squareMargin(width);
  const side = width - 2 * margin;
  /** @param {number[]} p @returns {[number, number]} */
  const at = (p) => [margin + p[0] * side, margin + (1 - p[1]) * side];
  draw.fillStyle = colour.ground;
  draw.fillRect(0, 0, width, width);
  if (map) {
    // The outermost places are those of the square's edges.
    const half = side / (map.width - 1) / 2;
    draw.drawImage(map, margin - half, margin - half, side + 2 * half, side + 2 * half);
  }
  draw.strokeStyle = colour.line;
  draw.lineWidth = 1;
  for (let i = 0; i <= 4; i++) {
    const place = Math.round(margin + (i * side) / 4) + 0.5;
    draw.beginPath();
    draw.moveTo(place, margin);
    draw.lineTo(place, margin + side);
    draw.moveTo(margin, place);
    draw.lineTo(margin + side, place);
    draw.stroke();
  }
  draw.fillStyle = colour.quiet;
  draw.font = "12px system-ui, sans-serif";
  draw.textAlign = "right";
  draw.textBaseline = "alphabetic";
  draw.fillText("x", margin + side - 4, margin + side - 5);
  draw.textAlign = "left";
  draw.fillText("y", margin + 5, margin + 13);

  draw.fillStyle = colour.quiet;
  draw.textBaseline = "middle";
  pairs.forEach((pair, i) => {
    const [x, y] = at(pair);
    draw.fillRect(x - 4, y - 4, 8, 8);
    if (pairs.length <= 40) draw.fillText(String(i + 1), x + 8, y);
  });

  draw.strokeStyle = colour.target;
  draw.lineWidth = 1.5;
  draw.lineCap = "round";
  for (let i = 1; i < trail.length; i++) {
    draw.globalAlpha = 0.9 * (i / trail.length) ** 1.5;
    draw.beginPath();
    draw.moveTo(...at(trail[i - 1]));
    draw.lineTo(...at(trail[i]));
    draw.stroke();
  }
  draw.globalAlpha = 1;
  if (target && glide) {
    draw.strokeStyle = colour.quiet;
    draw.setLineDash([3, 4]);
    draw.beginPath();
    draw.moveTo(...at(target));
    draw.lineTo(...at(glide));
    draw.stroke();
    draw.setLineDash([]);
  }
  if (glide) {
    draw.fillStyle = colour.glide;
    draw.beginPath();
    draw.arc(...at(glide), 6, 0, 7);
    draw.fill();
  }
  if (target) {
    draw.strokeStyle = colour.target;
    draw.lineWidth = 2.5;
    draw.beginPath();
    draw.arc(...at(target), 10, 0, 7);
    draw.stroke();
  }
}

/**
 * The rhythm: a row for each voice, a column for each step.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./contract.js").Rhythm} rhythm
 * @param {number} playhead in steps, or -1
 * @param {Colours} colour
 */
export function drawRhythm(canvas, rhythm, playhead, colour) {
  const voices = rhythm.voices.length;
  const row = voices > 12 ? 16 : 24;
  const label = 92; // for the voices' names
  const origin = label + 8; // the first step's grid line
  const { draw, width, height } = sheet(canvas, Math.max(236, voices * row + 20)); // as the style
  const beats = rhythm.bars * rhythm.beatsPerBar;
  const steps = beats * rhythm.stepsPerBeat;
  const step = (width - origin - 2) / Math.max(1, steps);
  const bottom = voices * row;
  draw.font = "12px system-ui, sans-serif";
  draw.textBaseline = "middle";
  for (let v = 0; v < voices; v++) {
    draw.fillStyle = v % 2 ? colour.ground : "transparent";
    draw.fillRect(label, v * row, width - label, row);
    draw.fillStyle = colour.text;
    draw.textAlign = "right";
    draw.fillText(rhythm.voices[v].slice(0, 14), label - 10, v * row + row / 2);
  }
  draw.textAlign = "left";
  for (let beat = 0; beat <= beats; beat++) {
    const isBar = beat % rhythm.beatsPerBar === 0;
    const x = Math.round(origin + beat * rhythm.stepsPerBeat * step) + 0.5;
    draw.strokeStyle = isBar ? colour.quiet : colour.line;
    draw.lineWidth = 1;
    draw.beginPath();
    draw.moveTo(x, 0);
    draw.lineTo(x, bottom + (isBar ? 6 : 0));
    draw.stroke();
    if (beat < beats) {
      draw.fillStyle = colour.quiet;
      const bar = Math.floor(beat / rhythm.beatsPerBar) + 1;
      draw.fillText(isBar ? String(bar) : "." + (beat % rhythm.beatsPerBar + 1), x + 4, height - 8);
    }
  }
  for (let i = 0; i < rhythm.step.length; i++) {
    const velocity = Math.min(1, Math.max(0, rhythm.velocity[i]));
    const at = origin + (rhythm.step[i] + rhythm.offset[i] * 0.5) * step;
    const tall = (row - 6) * (0.35 + 0.65 * velocity);
    const wide = Math.max(3, Math.min(9, step * 0.85));
    const hit = playhead >= 0 && playhead - rhythm.step[i] >= 0 && playhead - rhythm.step[i] < 1.5;
    draw.globalAlpha = 0.35 + 0.65 * velocity;
    draw.fillStyle = hit ? colour.target : colour.bar;
    draw.beginPath();
    draw.roundRect(at - wide / 2, rhythm.voice[i] * row + (row - tall) / 2, wide, tall, 2);
    draw.fill();
  }
  draw.globalAlpha = 1;
  if (playhead >= 0) {
    draw.strokeStyle = colour.target;
    draw.lineWidth = 2;
    draw.beginPath();
    draw.moveTo(origin + playhead * step, 0);
    draw.lineTo(origin + playhead * step, bottom);
    draw.stroke();
  }
}

/**
 * The loss of a fit from its first epoch to its last, on a logarithmic scale.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} losses
 * @param {Colours} colour
 */
export function drawCurve(canvas, losses, colour) {
  const { draw, width, height } = sheet(canvas, 110);
  draw.fillStyle = colour.ground;
  draw.fillRect(0, 0, width, height);
  const logs = losses.map((loss) => Math.log10(Math.max(1e-7, loss)));
  if (logs.length < 2) return;
  const high = Math.ceil(Math.max(...logs));
  const low = Math.min(high - 1, Math.floor(Math.min(...logs)));
  const at = (/** @type {number} */ log) => 6 + (height - 12) * (high - log) / (high - low);
  draw.font = "11px system-ui, sans-serif";
  draw.textBaseline = "middle";
  for (let power = low; power <= high; power++) {
    draw.strokeStyle = colour.line;
    draw.beginPath();
    draw.moveTo(38, Math.round(at(power)) + 0.5);
    draw.lineTo(width, Math.round(at(power)) + 0.5);
    draw.stroke();
    draw.fillStyle = colour.quiet;
    draw.textAlign = "right";
    draw.fillText("1e" + power, 34, Math.min(height - 6, Math.max(6, at(power))));
  }
  draw.textAlign = "left";
  draw.strokeStyle = colour.bar;
  draw.lineWidth = 1.5;
  draw.beginPath();
  logs.forEach((log, i) => {
    const x = 40 + (width - 44) * i / (logs.length - 1);
    if (i) draw.lineTo(x, at(log));
    else draw.moveTo(x, at(log));
  });
  draw.stroke();
}
