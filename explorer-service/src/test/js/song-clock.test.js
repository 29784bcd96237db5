import assert from "node:assert/strict";
import { test } from "node:test";
import { SongClock, strokesBetween } from "./song-clock.js";

const rhythm = (step, more = {}) => ({ bars: 1, beatsPerBar: 4, beatUnit: 4, stepsPerBeat: 4,
  voices: ["kick"], step, voice: step.map(() => 0), velocity: step.map(() => 1),
  offset: step.map(() => 0), ...more });
const beats = (...all) => strokesBetween(...all).map((stroke) => stroke.beat);

test("every stroke is found once, however the song is cut", () => {
  const played = rhythm([0, 3, 8, 15], { offset: [-0.9, 0.5, 0, 1] });
  const whole = beats(played, played, -1, 21);
  let seed = 7;
  for (let run = 0; run < 50; run++) {
    const found = [];
    for (let at = -1; at < 21;) {
      seed = (seed * 48271) % 2147483647;
      const to = Math.min(21, at + 0.001 + seed / 2147483647);
      found.push(...beats(played, played, at, to));
      at = to;
    }
    assert.deepEqual(found, whole);
  }
});

test("a loop of two bars is repeated every eight beats", () => {
  assert.deepEqual(beats(rhythm([17], { bars: 2 }), rhythm([17], { bars: 2 }), 0, 24),
    [4.25, 12.25, 20.25]);
});

test("a rhythm takes over at the line, with its early first stroke and nothing doubled", () => {
  const old = rhythm([0, 4, 8, 12], { voices: ["old"] });
  const next = rhythm([0, 4, 8, 12], { voices: ["next"], offset: [-0.8, 0, 0, 0] });
  const all = strokesBetween(old, next, 2.95, 4.02);
  assert.deepEqual(all.map(({ voice, beat }) => [voice, beat]), [["old", 3], ["next", 3.9]]);
});

test("of events that come late by chance the clock keeps the earliest", () => {
  const clock = new SongClock();
  let seed = 3;
  let worst = 0;
  for (let i = 0; i < 500; i++) {
    seed = (seed * 48271) % 2147483647;
    const late = 1 + 12 * (seed / 2147483647) ** 3;
    const ms = i * 40;
    const beat = ms / 500;
    clock.hear({ bar: String(Math.floor(beat / 4)), beat: beat % 4, bpm: 120, playing: true,
      stopped: false }, rhythm([0]), ms + late);
    if (i > 50) worst = Math.max(worst, Math.abs(clock.msAt(beat) - ms - 1));
  }
  assert.ok(worst < 1, `off by ${worst} ms`);
});

test("a stop, another tempo and a leap are told", () => {
  const clock = new SongClock();
  const song = (bar, beat, bpm) => ({ bar: String(bar), beat, bpm, playing: true, stopped: false });
  assert.equal(clock.hear(song(0, 0, 120), rhythm([0]), 0).jumped, true);
  assert.equal(clock.hear(song(0, 0.08, 120), rhythm([0]), 41).jumped, false);
  assert.equal(clock.hear(song(0, 0.14, 100), rhythm([0]), 80).jumped, true);
  assert.equal(clock.hear(song(7, 0, 100), rhythm([0]), 120).jumped, true);
});
