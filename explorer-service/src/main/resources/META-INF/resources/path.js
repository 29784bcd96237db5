"use strict";
// The path: what every stage says of itself.

const micro = (latency) => latency.count === 0 ? "–"
  : `${(latency.p50 / 1000).toFixed(2)} / ${(latency.p99 / 1000).toFixed(2)} ms`;

function showStages(stages) {
  const body = byId("stages");
  while (body.rows.length > stages.length) body.deleteRow(-1);
  stages.forEach((stage, i) => {
    const row = body.rows[i] || body.insertRow();
    while (row.cells.length < 8) row.insertCell();
    const cells = [stage.stage, stage.received, stage.sent, stage.dropped, stage.refused,
      micro(stage.own), micro(stage.sinceCapture), stage.weather || "ok"];
    cells.forEach((text, c) => setText(row.cells[c], String(text)));
    row.cells[3].dataset.bad = String(stage.dropped > 0);
    row.cells[4].dataset.bad = String(stage.refused > 0);
    row.cells[7].dataset.bad = String((stage.weather || "ok") !== "ok");
  });
  const bad = stages.find((stage) => stage.weather && stage.weather !== "ok");
  if (bad) weather("bad", bad.stage + ": " + bad.weather);
  else weather("ok", "all stages ok");
}

/** Whose input is missing, and what to do, as audio-service says; alone: nobody is heard. */
function showMissing(performers, alone) {
  const missing = [];
  for (const { name, stages } of performers || []) {
    const bad = stages.find((stage) => stage.weather && stage.weather !== "ok");
    if (bad) missing.push(bad.weather.startsWith(name) ? bad.weather : `${name}: ${bad.weather}`);
  }
  if (missing.length) weather("bad", missing[0]);
  setText(byId("empty"), missing.length ? missing.join("\n")
    : "Nobody has been heard yet. The screen fills as soon as a performer plays.");
  byId("empty").hidden = !alone && !missing.length;
}
