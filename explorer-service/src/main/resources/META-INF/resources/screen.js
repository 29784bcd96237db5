// @ts-check
// The screen: takes what the events say, and says when there are none.

import { Card } from "./card.js";
import { colours, drawRhythm } from "./drawing.js";
import { byId, connection, PAGE, setText, showStatus } from "./page.js";
import { showMissing, showStages } from "./path.js";
import { Transport } from "./transport.js";
import { leading, playhead } from "./values.js";

/** @typedef {import("./contract.js").PageEvent} PageEvent */
/** @typedef {import("./contract.js").PerformerNow} PerformerNow */
/** @typedef {import("./contract.js").Rhythm} Rhythm */
/** @typedef {import("./contract.js").SongPosition} SongPosition */

const SILENT_MS = 2000; // without an event for so long the connection is taken to be lost
const AGAIN_MS = 2000;

/** @type {Map<string, Card>} by the performers' names */
const cards = new Map();
const transport = new Transport();
/** @type {PageEvent | null} */
let newest = null;
let newestAt = performance.now();
/** @type {{rhythm?: Rhythm, song?: SongPosition, at: number}} at: when the song was first there */
let drummed = { at: 0 };
let palette = colours();
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
  palette = colours();
});

// ---- what comes

/** @param {PageEvent} event */
function take({ performers, missing }) {
  const without = missing.map(({ performer }) => performer);
  const names = performers.map(({ echo }) => echo.origin.performer);
  performers.forEach((now, i) => {
    const card = cards.get(names[i]) || new Card(names[i], now);
    cards.set(names[i], card);
    card.show(now, without.includes(names[i]), performers.length > 1);
  });
  for (const [name, card] of cards) {
    if (!names.includes(name)) {
      card.teaching.end();
      card.root.remove();
      cards.delete(name);
    }
  }
  byId("path").hidden = performers.length === 0;
  if (performers.length) {
    const all = performers.map(({ echo }) => echo.stages);
    const most = all.reduce((a, b) => (b.length > a.length ? b : a));
    showStages(most);
    const first = leading(performers);
    showSong(first, most);
    showDrummed(first.echo.rhythm);
  } else {
    showStatus("ok", "listening");
    setText(byId("song"), "");
  }
  showMissing(missing, performers.length === 0);
}

/**
 * Bar, tempo and strokes; strokes that no port took are not struck.
 * @param {PerformerNow} now
 * @param {import("./contract.js").StageStatus[]} stages
 */
function showSong({ echo }, stages) {
  const song = echo.position;
  transport.hear(song);
  const before = drummed.song;
  const same = before && song && before.bar === song.bar && before.beat === song.beat;
  drummed = { rhythm: echo.rhythm, song, at: same ? drummed.at : performance.now() };
  const gateway = stages.find((stage) => stage.stage === "midi-gateway");
  const dropped = Number(echo.strokesDropped) + (gateway ? Number(gateway.dropped) : 0);
  setText(byId("song"), song ? `bar ${Number(song.bar) + 1}.${Math.floor(song.beat) + 1}   ` +
    `${song.bpm.toFixed(0)} bpm   ${echo.strokes} strokes` + (dropped ? `, ${dropped} not struck` : "") +
    (song.stopped ? "   stopped" : song.playing ? "" : "   waits for a rhythm") : "");
}

/** Whose rhythm is drummed, by which model. @param {Rhythm | undefined} rhythm */
function showDrummed(rhythm) {
  const leader = rhythm && cards.size > 1 ? rhythm.origin.performer + " leads: " : "";
  const text = rhythm ? `${leader}${rhythm.modelVersion}, ` +
    `${rhythm.step.length} strokes in ${rhythm.bars} ${rhythm.bars === 1 ? "bar" : "bars"}`
    : "no rhythm yet";
  setText(byId("drummed"), text);
  if (byId("strokes").getAttribute("aria-label") !== text) {
    byId("strokes").setAttribute("aria-label", text);
  }
}

// ---- the connection

/** Nothing comes any more: what the page shows is old, and nothing can be done. */
function lost() {
  if (connection.lost) return;
  connection.lost = true;
  newest = null;
  document.body.dataset.dead = "true";
  byId("performers").inert = byId("transport").inert = true;
  for (const card of cards.values()) card.lost();
  showStatus("bad", "no connection to explorer-service, trying again");
}

function alive() {
  newestAt = performance.now();
  if (!connection.lost) return;
  connection.lost = false;
  document.body.dataset.dead = "false";
  byId("performers").inert = byId("transport").inert = false;
  transport.look();
}

function connect() {
  const events = new EventSource("api/events?page=" + PAGE);
  events.onmessage = (event) => {
    newest = JSON.parse(event.data);
    alive();
  };
  events.onerror = () => {
    lost();
    // One that was refused (no room for another screen) does not try again by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN_MS);
  };
}

function frame() {
  if (newest) {
    take(newest);
    newest = null;
  }
  if (!connection.lost) {
    for (const card of cards.values()) card.draw(palette);
    const { rhythm, song, at } = drummed;
    if (rhythm && rhythm.voices.length) {
      drawRhythm(byId("strokes"), rhythm, playhead(rhythm, song, performance.now() - at), palette);
    }
  }
  requestAnimationFrame(frame);
}

setInterval(() => {
  if (performance.now() - newestAt > SILENT_MS) lost();
}, 250);
connect();
transport.look();
requestAnimationFrame(frame);
