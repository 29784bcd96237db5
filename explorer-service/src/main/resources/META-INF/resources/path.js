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
