// @ts-check
// Where a song is, between the events that tell of it; pure, tested with node --test.

/** @typedef {import("./contract.js").Rhythm} Rhythm */
/** @typedef {import("./contract.js").SongPosition} SongPosition */

const JUMP_MS = 120; // further off than an event can be late
/** How fast an estimate is given up that nothing confirms: of the difference, an event. */
export const FORGET = 0.005;

/**
 * Follows a song by its events. Each comes a little late, never early: the earliest of late tell
 * when the song really was there.
 */
export class SongClock {
  constructor() {
    this.beatMs = 0;
    this.startMs = NaN; // when beat 0 was, or would have been
    this.beats = 0; // a bar
  }

  /**
   * An event has come.
   * @param {SongPosition} song
   * @param {Rhythm} rhythm that is played
   * @param {number} nowMs
   * @returns {{beat: number, jumped: boolean}} where it says the song is, in beats since bar 0;
   *   whether that does not follow from what was before
   */
  hear(song, rhythm, nowMs) {
    const beatMs = 60000 / song.bpm * (4 / rhythm.beatUnit);
    const beat = Number(song.bar) * rhythm.beatsPerBar + song.beat;
    const startMs = nowMs - beat * beatMs;
    const off = startMs - this.startMs;
    const jumped = beatMs !== this.beatMs || rhythm.beatsPerBar !== this.beats
      || !(Math.abs(off) < JUMP_MS);
    this.startMs = jumped || off < 0 ? startMs : this.startMs + FORGET * off;
    this.beatMs = beatMs;
    this.beats = rhythm.beatsPerBar;
    return { beat, jumped };
  }

  /** When the song is at a beat. @param {number} beat */
  msAt(beat) {
    return this.startMs + beat * this.beatMs;
  }
}

/**
 * The strokes from one place of a song to another, in their order.
 *
 * A rhythm that has taken over did so at a line of the grid; its first cell begins half a step
 * before that line, because a stroke may come so much early.
 * @param {Rhythm} before that was played at the first place
 * @param {Rhythm} after that is played at the second
 * @param {number} from beats since bar 0, not included
 * @param {number} to included
 * @returns {{voice: string, velocity: number, beat: number}[]}
 */
export function strokesBetween(before, after, from, to) {
  if (before === after || same(before, after)) return within(after, from, to);
  const half = 0.5 / after.stepsPerBeat;
  const line = Math.floor(to + half) - half;
  const change = Math.min(to, Math.max(from, line > from ? line
    : Math.floor((to + half) * after.stepsPerBeat) / after.stepsPerBeat - half));
  return [...within(before, from, change), ...within(after, change, to)];
}

/** @param {Rhythm} a @param {Rhythm} b */
function same(a, b) {
  return a.step.length === b.step.length && a.bars === b.bars
    && a.step.every((step, i) => step === b.step[i] && a.voice[i] === b.voice[i]
      && a.velocity[i] === b.velocity[i] && a.offset[i] === b.offset[i]);
}

/** @param {Rhythm} rhythm @param {number} from @param {number} to */
function within(rhythm, from, to) {
  const loop = rhythm.bars * rhythm.beatsPerBar;
  if (!(loop > 0)) return [];
  const found = [];
  for (let i = 0; i < rhythm.step.length; i++) {
    const place = (rhythm.step[i] + rhythm.offset[i] * 0.5) / rhythm.stepsPerBeat;
    for (let k = Math.floor((from - place) / loop) + 1; place + k * loop <= to; k++) {
      found.push({ voice: rhythm.voices[rhythm.voice[i]], velocity: rhythm.velocity[i],
        beat: place + k * loop });
    }
  }
  return found.sort((a, b) => a.beat - b.beat);
}
