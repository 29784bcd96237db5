import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asAlpha, ensembles, hasMoved, isChanged, milliseconds, moved, named, pitch, placeOf, playhead, portState,
  rampMs, rampTravel, robotState, senseNames, tapped, tappedTempo, troubled, under,
} from "./values.js";

const RHYTHM = { bars: 2, beatsPerBar: 4, beatUnit: 4, stepsPerBeat: 4 };
const song = (bar, beat, playing = true) => ({ bar: String(bar), beat, bpm: 120, playing });
const near = (is, must) => assert.ok(Math.abs(is - must) < 1e-9, `${is} instead of ${must}`);

test("the playhead runs through the loop, and on between two events", () => {
  for (const [bar, beat, sinceMs, steps] of [
    [0, 0, 0, 0], [0, 1.5, 0, 6], [1, 0, 0, 16], [2, 0, 0, 0], [3, 3, 0, 28],
    [0, 0, 500, 4], [1, 3.5, 500, 2], [0, 0, 60000, 8],
  ]) near(playhead(RHYTHM, song(bar, beat), sinceMs), steps);
  near(playhead({ ...RHYTHM, beatUnit: 8 }, song(0, 0), 500), 8);
});

test("the playhead stands while nothing plays, and is nowhere without a song or a rhythm", () => {
  near(playhead(RHYTHM, song(0, 2, false), 500), 8);
  assert.equal(playhead(RHYTHM, undefined, 0), -1);
  assert.equal(playhead(undefined, song(0, 0), 0), -1);
  assert.equal(playhead({ ...RHYTHM, bars: 0 }, song(0, 0), 0), -1);
});

test("each ensemble's rhythm is found where it is told", () => {
  const rhythm = (performer) => ({ origin: { performer } });
  const state = (ensemble, more = {}) => ({ ensemble, silent: false, ...more });
  const ann = { echo: { ensemble: "wood", rhythm: rhythm("ann"),
    ensembles: [state("wood"), state("metal"), state("glass")] } };
  const bob = { echo: { ensemble: "metal", rhythm: rhythm("bob"),
    ensembles: [state("wood"), state("metal"), state("glass", { rhythm: rhythm("eve") })] } };
  const of = (...all) => ensembles(all).map((e) =>
    [e.status.ensemble, e.rhythm ? e.rhythm.origin.performer : ""]);
  assert.deepEqual(of(ann, bob), [["wood", "ann"], ["metal", "bob"], ["glass", "eve"]]);
  assert.deepEqual(of(ann), [["wood", "ann"], ["metal", ""], ["glass", ""]]);
});

test("a rhythm is shown before midi-gateway tells of an ensemble", () => {
  const [only] = ensembles([{ echo: { rhythm: { origin: { performer: "ann" } } } }]);
  assert.equal(only.status.ensemble, "");
  assert.equal(only.rhythm.origin.performer, "ann");
});

test("a pitch is a note and cents", () => {
  const of = (pitchMidi, silent = false) => pitch({ pitchMidi, silent });
  assert.equal(of(69), "A4 +0 ct");
  assert.equal(of(60.25), "C4 +25 ct");
  assert.equal(of(59.9), "C4 −10 ct");
  assert.equal(of(0), "no pitch");
  assert.equal(of(69, true), "no pitch");
});

test("a pointer's place is that within the margin, clipped to the square", () => {
  const box = { left: 100, top: 50, width: 400 }; // a margin of 20
  assert.deepEqual(placeOf(box, { clientX: 120, clientY: 430 }), [0, 0]);
  assert.deepEqual(placeOf(box, { clientX: 300, clientY: 250 }), [0.5, 0.5]);
  assert.deepEqual(placeOf(box, { clientX: 480, clientY: 70 }), [1, 1]);
  assert.deepEqual(placeOf(box, { clientX: 0, clientY: 999 }), [0, 0]);
  assert.deepEqual(moved([0.95, 0.5], [0.1, -0.1]), [1, 0.4]);
});

test("half the travel of the z-ramp is 500 ms, and every travel comes back", () => {
  near(rampMs(0), 0);
  near(rampMs(0.25), 50);
  near(rampMs(0.5), 500);
  near(rampMs(1), 5000);
  for (const travel of [0, 0.1, 0.37, 1]) near(rampTravel(rampMs(travel)), travel);
});

test("the entries of a sense bear its name, and numbers where they are several", () => {
  const senses = [{ name: "pose", size: 2 }, { name: "breath", size: 1 }];
  assert.deepEqual(senseNames({ senses }), ["pose.1", "pose.2", "breath"]);
});

test("a tempo is the mean of the newest taps, within what can be played", () => {
  assert.equal(tappedTempo([0]), null);
  assert.equal(tappedTempo([0, 500, 1000]), 120);
  assert.equal(tappedTempo([0, 1]), 300);
  assert.equal(tappedTempo([0, 60000]), 20);
  assert.deepEqual(tapped([0, 500], 1000), [0, 500, 1000]);
  assert.deepEqual(tapped([0, 500], 5000), [5000], "counting begins anew");
  assert.equal(tapped([0, 1, 2, 3, 4, 5, 6, 7, 8], 9).length, 9);
});

test("a stage's times are shown in milliseconds", () => {
  assert.equal(milliseconds({ count: "3", p50Us: 1234, p99Us: 20500 }), "1.23 / 20.50 ms");
  assert.equal(milliseconds({ count: "0", p50Us: 0, p99Us: 0 }), "–");
  assert.equal(milliseconds(undefined), "–");
});

test("the first stage that is not well is found", () => {
  const well = { stage: "a", status: "ok" };
  const ill = { stage: "b", status: "gone" };
  assert.equal(troubled([well, ill]), ill);
  assert.equal(troubled([well, { stage: "c", status: "" }]), undefined);
});

test("pairs are changed since the fit when one is moved, added or gone", () => {
  const fitted = { pairErrors: [{ pair: "a", error: 0.1 }, { pair: "b", error: 0.2 }] };
  const pairs = [{ pair: "a" }, { pair: "b" }];
  assert.equal(isChanged(pairs, [0.1, 0.205], fitted), false);
  assert.equal(isChanged(pairs, [0.1, 0.4], fitted), true);
  assert.equal(isChanged([...pairs, { pair: "c" }], [0.1, 0.2, 0.3], fitted), true);
  assert.equal(isChanged([...pairs, { pair: "c" }], [0.1, 0.2, -1], fitted), false, "of movement");
  assert.equal(isChanged(pairs.slice(1), [0.2], fitted), true);
});

test("messages call pairs by their numbers", () => {
  const numbers = new Map([["01m8fs64239gz6wxav14wx4rwx", 3]]);
  assert.equal(named("brought back the pair 01m8fs64239gz6wxav14wx4rwx", numbers),
    "brought back pair 3");
  assert.equal(named("performer somebody has nothing", numbers), "performer somebody has nothing");
});

test("a map shows the range of what is there, and voices wherever something strikes", () => {
  const cells = [{ density: 0.1, novelty: 0, voice: "kick" }, { density: 0.3, novelty: 0, voice: "" },
    { density: 0.2, novelty: 0, voice: "hat" }];
  asAlpha(cells, "density").forEach((alpha, i) => near(alpha, [0, 1, 0.5][i]));
  assert.deepEqual(asAlpha(cells, "novelty"), [0, 0, 0]);
  assert.deepEqual(asAlpha(cells, "voice"), [1, 0, 1]);
});

test("what lies at a place is the nearest cell", () => {
  const cell = (nearest, strokes = 2, novelty = 0) => ({ strokes, voice: "", nearest, novelty });
  const map = { side: 2, cells: [cell("a"), cell("b"), cell("c"), cell("", 1)] };
  assert.equal(under(map, [0.1, 0.2]), "2 strokes; the same as a");
  assert.equal(under(map, [0.9, -3]), "2 strokes; the same as b");
  assert.equal(under(map, [0.9, 0.9]), "1 stroke");
});

test("another map is wanted when another dimension has moved by a tenth", () => {
  assert.equal(hasMoved([0.5], [0.55]), false);
  assert.equal(hasMoved([0.5], [0.65]), true);
  assert.equal(hasMoved([], [0.5]), true);
});

test("robots and ports say how they are", () => {
  const robot = { mute: false, silent: false, calibrations: [] };
  assert.equal(robotState(robot), "plays");
  assert.equal(robotState({ ...robot, silent: true, calibrations: [{}] }),
    "silent while another is solo, measured");
  assert.equal(robotState({ ...robot, silent: true, mute: true }), "muted");
  const port = { status: "ok", hung: "0", mostAtOnce: 1, smearMs: 0 };
  assert.equal(portState(port), "ok");
  assert.equal(portState({ ...port, hung: "1", mostAtOnce: 3, smearMs: 1.92 }),
    "ok; 1 note hung; 3 strokes at once: 1.9 ms apart on a DIN cable");
});
