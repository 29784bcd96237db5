// @ts-check
// What is worked out of the events and for the calls: pure functions, tested with node --test.

/** @typedef {import("./contract.js").Rhythm} Rhythm */
/** @typedef {import("./contract.js").SongPosition} SongPosition */
/** @typedef {import("./contract.js").PerformerNow} PerformerNow */
/** @typedef {import("./contract.js").FeatureFrame} FeatureFrame */
/** @typedef {import("./contract.js").Latency} Latency */
/** @typedef {{status: import("./contract.js").EnsembleStatus, rhythm?: Rhythm, song?: SongPosition,
 *   performers: number}} Playing what an ensemble plays; performers: how many are heard */

const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const RAMP_EXPONENT = Math.log2(10); // as RampCurve: half the travel is 500 ms
const MOST_RAMP_MS = 5000;
const SAME_ERROR = 0.01;

export const SLOWEST = 20;
export const FASTEST = 300;
const TAPS = 8; // the newest intervals that a tapped tempo is the mean of
const PAUSE_MS = 2000; // after so long without a tap the counting begins anew

/** @param {number} value */
const clip = (value) => Math.min(1, Math.max(0, value));

/** Milliseconds of the z-ramp for a travel 0..1. @param {number} travel */
export function rampMs(travel) {
  return MOST_RAMP_MS * clip(travel) ** RAMP_EXPONENT;
}

/** The travel 0..1 that gives these milliseconds. @param {number} ms */
export function rampTravel(ms) {
  return clip(ms / MOST_RAMP_MS) ** (1 / RAMP_EXPONENT);
}

/**
 * Where the song is in the rhythm's loop, in steps, -1 without one; between two events it runs on.
 * @param {Rhythm | undefined} rhythm
 * @param {SongPosition | undefined} song
 * @param {number} sinceMs since the song was there
 */
export function playhead(rhythm, song, sinceMs) {
  if (!song || !rhythm || !rhythm.bars) return -1;
  const beats = rhythm.bars * rhythm.beatsPerBar;
  const beatMs = 60000 / Math.max(1, song.bpm) * (4 / Math.max(1, rhythm.beatUnit));
  const since = song.playing ? Math.min(1000, sinceMs) / beatMs : 0;
  const beat = (Number(song.bar) % rhythm.bars) * rhythm.beatsPerBar + song.beat + since;
  return ((beat % beats) + beats) % beats * rhythm.stepsPerBeat;
}

/**
 * The ensembles in their order, each with what one of those says that may lead it.
 * @param {PerformerNow[]} performers
 * @returns {Playing[]}
 */
export function ensembles(performers) {
  const longest = performers.map(({ echo }) => echo.ensembles || [])
    .reduce((a, b) => (b.length > a.length ? b : a), []);
  // Before midi-gateway says anything, what would be played.
  const all = longest.length ? longest : [{ ensemble: "", leader: "", strokes: "0", silent: false,
    mute: false, solo: false }];
  return all.map((status) => {
    const rhythms = performers.map(({ echo }) => (echo.ensemble || "") === status.ensemble ? echo.rhythm
      : (echo.ensembles || []).find(({ ensemble }) => ensemble === status.ensemble)?.rhythm);
    return { status, rhythm: rhythms.find((each) => each), song: status.position,
      performers: performers.length };
  });
}

/** Note and cents of what is heard. @param {FeatureFrame} frame */
export function pitch(frame) {
  const note = Math.round(frame.pitchMidi);
  if (frame.silent || note <= 0) return "no pitch";
  const cents = Math.round((frame.pitchMidi - note) * 100);
  return `${NOTES[note % 12]}${Math.floor(note / 12) - 1} ${cents < 0 ? "−" : "+"}${Math.abs(cents)} ct`;
}

/** Names of the entries that follow the ten features. @param {FeatureFrame} frame */
export function senseNames(frame) {
  return frame.senses.flatMap(({ name, size }) => size === 1 ? [name]
    : Array.from({ length: size }, (none, i) => `${name}.${i + 1}`));
}

/** The margin of the square, that noise may reach into. @param {number} width */
export function squareMargin(width) {
  return Math.max(12, width * 0.05);
}

/**
 * Where in the square, 0..1 each and clipped, a pointer is.
 * @param {{left: number, top: number, width: number}} box of the square
 * @param {{clientX: number, clientY: number}} pointer
 */
export function placeOf(box, pointer) {
  const margin = squareMargin(box.width);
  const side = box.width - 2 * margin;
  return [clip((pointer.clientX - box.left - margin) / side),
    clip(1 - (pointer.clientY - box.top - margin) / side)];
}

/**
 * A place moved by a step, within the square.
 * @param {number[]} from
 * @param {number[]} step
 */
export function moved(from, step) {
  return step.map((by, i) => clip(from[i] + by));
}

/** The tempo of taps, in a range that can be played; null for fewer than two. @param {number[]} taps */
export function tappedTempo(taps) {
  if (taps.length < 2) return null;
  const mean = (taps[taps.length - 1] - taps[0]) / (taps.length - 1);
  return Math.min(FASTEST, Math.max(SLOWEST, Math.round(600000 / mean) / 10));
}

/** The taps that count, with a new one at the end. @param {number[]} taps @param {number} now */
export function tapped(taps, now) {
  const going = taps.length && now - taps[taps.length - 1] <= PAUSE_MS ? taps : [];
  return [...going, now].slice(-TAPS - 1);
}

/** Half and 99 % of a stage's times. @param {Latency | undefined} latency */
export function milliseconds(latency) {
  return !latency || Number(latency.count) === 0 ? "–"
    : `${(latency.p50Us / 1000).toFixed(2)} / ${(latency.p99Us / 1000).toFixed(2)} ms`;
}

/**
 * Whether the pairs are others than those that a mapping was fitted to.
 * @param {{pair: string}[]} pairs
 * @param {number[]} errors one a pair, below 0 where it is not known
 * @param {{pairErrors: {pair: string, error: number}[]}} fitted
 */
export function isChanged(pairs, errors, fitted) {
  const then = new Map(fitted.pairErrors.map((e) => [e.pair, e.error]));
  const known = pairs.filter((pair, i) => errors[i] >= 0);
  return known.length !== then.size || pairs.some((pair, i) => errors[i] >= 0 &&
    !(Math.abs(errors[i] - (then.get(pair.pair) ?? NaN)) < SAME_ERROR));
}

/**
 * A message with the pairs' names as their numbers, as the table has them.
 * @param {string} text
 * @param {Map<string, number>} numbers
 */
export function named(text, numbers) {
  return text.replace(/(?:the )?(?:pair )?\b([A-Za-z0-9_-]{8,64})\b/g,
    (all, name) => (numbers.has(name) ? "pair " + numbers.get(name) : all));
}

/** The first stage that is not well. @param {{stage: string, status: string}[]} stages */
export function troubled(stages) {
  return stages.find((stage) => stage.status && stage.status !== "ok");
}

/** Whether a place of the other dimensions is another. @param {number[]} from @param {number[]} to */
export function hasMoved(from, to) {
  return from.length !== to.length || from.some((v, i) => Math.abs(v - to[i]) > 0.1);
}

/**
 * How strongly each cell of a map shows, 0..1.
 * @param {import("./contract.js").MapCell[]} cells
 * @param {string} layer
 */
export function asAlpha(cells, layer) {
  if (layer === "voice") return cells.map((cell) => (cell.voice ? 1 : 0));
  const values = cells.map((cell) => (layer === "novelty" ? cell.novelty : cell.density));
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value) => (range > 0 ? (value - least) / range : 0));
}

/**
 * What lies at a place, in words.
 * @param {import("./contract.js").MapReply} map
 * @param {number[]} place 0..1 each
 */
export function under({ side, cells }, [x, y]) {
  const at = Math.round(clip(y) * (side - 1)) * side + Math.round(clip(x) * (side - 1));
  const { strokes, voice, nearest, novelty } = cells[at];
  return `${strokes} ${strokes === 1 ? "stroke" : "strokes"}` +
    (voice ? `, most of ${voice}` : "") +
    (nearest ? `; ${novelty > 0 ? (novelty * 100).toFixed(0) + " % away from" : "the same as"} ` +
      nearest : "");
}

/** How a robot is, in words. @param {import("./contract.js").Robot} robot */
export function robotState(robot) {
  const state = robot.mute ? "muted" : robot.silent ? "silent while another is solo" : "plays";
  return robot.calibrations.length ? state + ", measured" : state;
}

/** How a port is, in words. @param {import("./contract.js").Port} port */
export function portState({ status, hung, mostAtOnce, smearMs }) {
  const notes = Number(hung);
  return status + (notes ? `; ${notes} ${notes === 1 ? "note" : "notes"} hung` : "") +
    (mostAtOnce > 1 ? `; ${mostAtOnce} strokes at once: ${smearMs.toFixed(1)} ms apart on a DIN cable` : "");
}
