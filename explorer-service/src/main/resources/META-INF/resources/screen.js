// @ts-check
// The screen: takes what the events say, and says when there are none.

import { Card } from "./card.js";
import { colours } from "./drawing.js";
import { Ensembles } from "./ensembles.js";
import { byId, connection, PAGE, setText, showStatus } from "./page.js";
import { showMissing, showStages } from "./path.js";
import { Robots } from "./robots.js";
import { Sound } from "./sound.js";
import { Transport } from "./transport.js";
import { ensembles } from "./values.js";

/** @typedef {import("./contract.js").PageEvent} PageEvent */
/** @typedef {import("./contract.js").PerformerNow} PerformerNow */

const SILENT_MS = 2000; // without an event for so long the connection is taken to be lost
const AGAIN_MS = 2000;

/** @type {Map<string, Card>} by the performers' names */
const cards = new Map();
const transport = new Transport();
const panels = new Ensembles();
const sound = new Sound();
new Robots();
/** @type {PageEvent | null} */
let newest = null;
let newestAt = performance.now();
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
  byId("path").hidden = byId("robots").hidden = performers.length === 0;
  if (performers.length) {
    const all = performers.map(({ echo }) => echo.stages);
    const most = all.reduce((a, b) => (b.length > a.length ? b : a));
    showStages(most);
    showSong(performers[0], most);
    panels.show(ensembles(performers));
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
  const gateway = stages.find((stage) => stage.stage === "midi-gateway");
  const dropped = Number(echo.strokesDropped) + (gateway ? Number(gateway.dropped) : 0);
  setText(byId("song"), song ? `bar ${Number(song.bar) + 1}.${Math.floor(song.beat) + 1}   ` +
    `${song.bpm.toFixed(0)} bpm${song.clock ? " " + song.clock : ""}   ` +
    `${echo.strokes} strokes` + (dropped ? `, ${dropped} not struck` : "") +
    (song.stopped ? "   stopped" : song.playing ? "" : "   waits for a rhythm") : "");
}

// ---- the connection

/** Nothing comes any more: what the page shows is old, and nothing can be done. */
function lost() {
  if (connection.lost) return;
  connection.lost = true;
  newest = null;
  document.body.dataset.dead = "true";
  byId("performers").inert = byId("transport").inert = byId("ensembles").inert = true;
  for (const card of cards.values()) card.lost();
  showStatus("bad", "no connection to explorer-service, trying again");
}

function alive() {
  newestAt = performance.now();
  if (!connection.lost) return;
  connection.lost = false;
  document.body.dataset.dead = "false";
  byId("performers").inert = byId("transport").inert = byId("ensembles").inert = false;
  transport.look();
}

function connect() {
  const events = new EventSource("api/events?page=" + PAGE);
  events.onmessage = (event) => {
    /** @type {PageEvent} */
    const now = JSON.parse(event.data);
    newest = now;
    if (now.performers.length) sound.hear(ensembles(now.performers));
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
    panels.draw(palette);
  }
  requestAnimationFrame(frame);
}

setInterval(() => {
  if (performance.now() - newestAt > SILENT_MS) lost();
}, 250);
connect();
transport.look();
requestAnimationFrame(frame);
