// @ts-check
// Robots and ports: what they strike, what their limits drop, how they are. Asked for while shown.

import { call } from "./calls.js";
import { button, byId, connection, notice, setText } from "./page.js";
import { portState, robotState } from "./values.js";

/** @typedef {import("./contract.js").Robot} Robot */
/** @typedef {import("./contract.js").Port} Port */

const EVERY_MS = 2000;

export class Robots {
  constructor() {
    this.asking = false;
    byId("robots").addEventListener("toggle", () => this.ask());
    setInterval(() => this.ask(), EVERY_MS);
  }

  async ask() {
    if (this.asking || connection.lost || document.hidden || !byId("robots").open) return;
    this.asking = true;
    try {
      const [{ robots }, { ports }] = await Promise.all([call("ListRobots", {}), call("ListPorts", {})]);
      this.showRobots(robots);
      this.showPorts(ports);
      setText(byId("robots-say"), robots.length ? ""
        : "No robots are named in installation.yaml: General MIDI's notes are struck.");
    } catch (fault) {
      setText(byId("robots-say"), fault.message);
    }
    this.asking = false;
  }

  /** @param {Robot[]} robots */
  showRobots(robots) {
    const rows = sized("robots-rows", robots.length, 9);
    robots.forEach((robot, i) => {
      const { cells } = rows[i];
      [robot.robot, robot.ensemble, robot.strokes, robot.tooClose, robot.overDuty, robot.muted,
        robotState(robot)].forEach((text, c) => setText(cells[c], text));
      cells[6].dataset.bad = String(robot.silent);
      this.toggle(cells[7], robot, "mute", robot.mute);
      this.toggle(cells[8], robot, "solo", robot.solo);
    });
  }

  /**
   * @param {HTMLTableCellElement} cell
   * @param {Robot} robot
   * @param {"mute" | "solo"} what
   * @param {boolean} on
   */
  toggle(cell, robot, what, on) {
    const name = `${what === "mute" ? "Mute" : "Solo"} ${robot.robot}`;
    /** @type {HTMLButtonElement | null} */
    let press = cell.querySelector("button");
    if (!press || press.getAttribute("aria-label") !== name) {
      press = button(name.slice(0, 4), () => this.set(robot.robot, what, cell), name);
      cell.replaceChildren(press);
    }
    press.setAttribute("aria-pressed", String(on));
  }

  /** @param {string} robot @param {"mute" | "solo"} what @param {HTMLElement} cell */
  async set(robot, what, cell) {
    const on = cell.firstElementChild?.getAttribute("aria-pressed") !== "true";
    try {
      await call("SetRobot", { robot, [what]: on });
    } catch (fault) {
      notice(fault.message);
    }
    this.ask();
  }

  /** @param {Port[]} ports */
  showPorts(ports) {
    const rows = sized("ports-rows", ports.length, 4);
    ports.forEach((port, i) => {
      const { cells } = rows[i];
      [port.address, port.strokes, port.dropped, portState(port)]
        .forEach((text, c) => setText(cells[c], text));
      cells[2].dataset.bad = String(Number(port.dropped) > 0);
      cells[3].dataset.bad = String(port.status !== "ok");
    });
  }
}

/** So many rows with so many cells each. @param {string} id @param {number} rows @param {number} cells */
function sized(id, rows, cells) {
  /** @type {HTMLTableSectionElement} */
  const body = byId(id);
  while (body.rows.length > rows) body.deleteRow(-1);
  while (body.rows.length < rows) {
    const row = body.insertRow();
    while (row.cells.length < cells) row.insertCell();
  }
  return body.rows;
}
