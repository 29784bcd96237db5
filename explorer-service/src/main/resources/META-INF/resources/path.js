// @ts-check
// The path: what every stage says of itself.

import { byId, setText, showStatus } from "./page.js";
import { milliseconds, troubled } from "./values.js";

/** @param {import("./contract.js").StageStatus[]} stages */
export function showStages(stages) {
  /** @type {HTMLTableSectionElement} */
  const body = byId("stages");
  while (body.rows.length > stages.length) body.deleteRow(-1);
  stages.forEach((stage, i) => {
    const row = body.rows[i] || body.insertRow();
    while (row.cells.length < 8) row.insertCell();
    const cells = [stage.stage, stage.received, stage.sent, stage.dropped, stage.refused,
      milliseconds(stage.own), milliseconds(stage.sinceCapture), stage.status || "ok"];
    cells.forEach((text, c) => setText(row.cells[c], String(text)));
    row.cells[3].dataset.bad = String(Number(stage.dropped) > 0);
    row.cells[4].dataset.bad = String(Number(stage.refused) > 0);
    row.cells[7].dataset.bad = String((stage.status || "ok") !== "ok");
  });
  const bad = troubled(stages);
  if (bad) showStatus("bad", bad.stage + ": " + bad.status);
  else showStatus("ok", "all stages ok");
}

/**
 * Whose input is missing, and what to do, as audio-service says.
 * @param {import("./contract.js").MissingInput[]} performers
 * @param {boolean} alone nobody is heard
 */
export function showMissing(performers, alone) {
  const missing = [];
  for (const { performer, stages } of performers) {
    const bad = troubled(stages);
    if (bad) {
      missing.push(bad.status.startsWith(performer) ? bad.status : `${performer}: ${bad.status}`);
    }
  }
  if (missing.length) showStatus("bad", missing[0]);
  setText(byId("empty"), missing.length ? missing.join("\n")
    : "Nobody has been heard yet. The screen fills as soon as a performer plays.");
  byId("empty").hidden = !alone && !missing.length;
}
