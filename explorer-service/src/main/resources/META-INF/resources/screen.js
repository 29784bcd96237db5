"use strict";
// The screen: takes what the events say, and says when there are none.

const SILENT_MS = 2000; // without an event for so long the connection is taken to be lost
const AGAIN_MS = 2000;
const NOTICE_MS = 8000;
// The page's own name: what it holds ends with its stream of events.
const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(12)),
  (byte) => byte.toString(16).padStart(2, "0")).join("");

const cards = new Map();
let newest = null;
let newestAt = performance.now();
let dead = false;
let noticed = 0;
let drummed = null;
let palette = colours();
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
  palette = colours();
});

function byId(id) {
  return document.getElementById(id);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** How the path is, until it is otherwise. */
function weather(state, text) {
  byId("weather").dataset.state = state;
  setText(byId("weather"), text);
}

/** What went wrong with something that a hand did; stays for a while. */
function notice(text) {
  setText(byId("notice"), text);
  clearTimeout(noticed);
  noticed = setTimeout(() => setText(byId("notice"), ""), NOTICE_MS);
}

// ---- commands

async function command(path, body) {
  try {
    const answer = await fetch("api/" + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) notice((await answer.text()).trim().slice(0, 120));
  } catch {
    notice("explorer-service does not answer");
  }
}

// ---- what comes

/** Where the song is in the rhythm's loop, in steps; between two events it runs on by itself. */
function playhead(rhythm, song, now) {
  if (!song || !rhythm.bars) return -1;
  const beats = rhythm.bars * rhythm.beatsPerBar;
  const beatMs = 60000 / Math.max(1, song.bpm) * (4 / Math.max(1, rhythm.beatUnit));
  const since = song.playing ? Math.min(1000, now - song.at) / beatMs : 0;
  const beat = (song.bar % rhythm.bars) * rhythm.beatsPerBar + song.beat + since;
  return ((beat % beats) + beats) % beats * rhythm.stepsPerBeat;
}

/** The leader's own picture if there is one: what all of them say of rhythm and song is the same. */
function leading(pictures) {
  return pictures.find((picture) => picture.rhythm && picture.rhythm.leader === picture.name)
    || pictures.find((picture) => picture.rhythm) || pictures[0];
}

function take({ performers: pictures, missing }) {
  const now = performance.now();
  for (const picture of pictures) {
    if (!cards.has(picture.name)) cards.set(picture.name, new Card(picture.name));
  }
  const without = (missing || []).map((performer) => performer.name);
  for (const picture of pictures) {
    cards.get(picture.name).show(picture, without.includes(picture.name));
  }
  for (const [name, card] of cards) {
    if (!pictures.some((picture) => picture.name === name)) {
      card.teaching.end();
      card.root.remove();
      cards.delete(name);
    }
  }
  byId("empty").hidden = pictures.length > 0;
  byId("path").hidden = pictures.length === 0;
  if (pictures.length) {
    const most = pictures.reduce((a, b) => (b.stages.length > a.stages.length ? b : a));
    showStages(most.stages);
    const first = leading(pictures);
    showSong(first, most.stages, now);
    showDrummed(first.rhythm);
  } else {
    weather("ok", "listening");
    setText(byId("song"), "");
  }
  showMissing(missing, pictures.length === 0);
}

/** Bar, tempo and strokes; strokes that no port took are not struck. */
function showSong(picture, stages, now) {
  const { song, strokes } = picture;
  transport.hear(song);
  if (song) {
    const before = drummed && drummed.song;
    const same = before && before.bar === song.bar && before.beat === song.beat;
    song.at = same ? before.at : now;
  }
  drummed = { song, rhythm: picture.rhythm };
  const gateway = stages.find((stage) => stage.stage === "midi-gateway");
  const dropped = picture.strokesDropped + (gateway ? gateway.dropped : 0);
  setText(byId("song"), song ? `bar ${song.bar + 1}.${Math.floor(song.beat) + 1}   ` +
    `${song.bpm.toFixed(0)} bpm   ${strokes} strokes` + (dropped ? `, ${dropped} not struck` : "") +
    (song.stopped ? "   stopped" : song.playing ? "" : "   waits for a rhythm") : "");
}

/** Whose rhythm is drummed, by which model. */
function showDrummed(rhythm) {
  const text = rhythm ? `${cards.size > 1 ? rhythm.leader + " leads: " : ""}${rhythm.model}, ` +
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
  if (dead) return;
  dead = true;
  newest = null;
  document.body.dataset.dead = "true";
  byId("performers").inert = byId("transport").inert = true;
  for (const card of cards.values()) card.lost();
  weather("bad", "no connection to explorer-service, trying again");
}

function alive() {
  newestAt = performance.now();
  if (!dead) return;
  dead = false;
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

function frame(now) {
  if (newest) {
    take(newest);
    newest = null;
  }
  if (!dead) {
    for (const card of cards.values()) card.draw();
    if (drummed && drummed.rhythm && drummed.rhythm.voices.length) {
      drawRhythm(byId("strokes"), drummed.rhythm, playhead(drummed.rhythm, drummed.song, now),
        palette);
    }
  }
  requestAnimationFrame(frame);
}

const transport = new Transport();
setInterval(() => {
  if (performance.now() - newestAt > SILENT_MS) lost();
}, 250);
connect();
transport.look();
requestAnimationFrame(frame);
