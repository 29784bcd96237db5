// @ts-check
// How one performer's point moves: movement, presets, trajectories; and what moves what.

import { button, setText } from "./page.js";

export class Moving {
  /**
   * @param {import("./teaching.js").Teaching} teaching
   * @param {Record<string, any>} part the card's elements
   */
  constructor(teaching, part) {
    this.teaching = teaching;
    this.part = part;
    for (const input of part.motion.querySelectorAll("input")) {
      input.name = "motion-" + this.teaching.name;
      input.addEventListener("change", () => this.teaching.set({ motion: input.value }));
    }
    part.bounds.addEventListener("change", () => this.teaching.set({ bounds: part.bounds.value }));
    part["max-speed"].addEventListener("change", () =>
      this.teaching.set({ maxSpeed: Number(part["max-speed"].value) }));
    part.autonomy.addEventListener("change", () =>
      this.teaching.set({ autonomy: Number(part.autonomy.value) }));
    for (const name of ["max-speed", "autonomy", "morph", "speed"]) {
      part[name].addEventListener("input", () => this.values());
    }
    part.store.addEventListener("click", () => teaching.run(async () => {
      const preset = part.preset.value.trim();
      await teaching.call("StorePreset", { preset });
      return `stored preset ${preset}`;
    }));
    part.record.addEventListener("click", () => teaching.run(() =>
      teaching.call("RecordTrajectory", { trajectory: part.trajectory.value.trim() })));
    part.stop.addEventListener("click", () => teaching.run(() => teaching.call("StopTrajectory")));
    this.values();
  }

  values() {
    const part = this.part;
    setText(part["max-speed-value"], Number(part["max-speed"].value).toFixed(2));
    setText(part["autonomy-value"], Number(part.autonomy.value).toFixed(2));
    setText(part["morph-value"], Number(part.morph.value).toFixed(1) + " s");
    setText(part["speed-value"], (10 ** Number(part.speed.value)).toFixed(2) + " ×");
  }

  /** @param {import("./contract.js").ExplorerSettings} settings */
  showSettings(settings) {
    const part = this.part;
    for (const input of part.motion.querySelectorAll("input")) {
      input.checked = input.value === settings.motion;
    }
    const put = (/** @type {string} */ is, /** @type {any} */ value) => {
      if (document.activeElement !== part[is]) part[is].value = value;
    };
    put("bounds", settings.bounds);
    put("max-speed", settings.maxSpeed);
    put("autonomy", settings.autonomy);
    this.values();
  }

  /** @param {{name: string}[]} presets */
  showPresets(presets) {
    this.showItems("presets", presets, (item) => item.name, [
      ["Recall", "recalled", (item) => this.teaching.call("RecallPreset",
        { preset: item.name, morphS: Number(this.part.morph.value) })],
      ["Delete", "deleted", (item) => this.teaching.call("DeletePreset", { preset: item.name })]]);
  }

  /** @param {{name: string, seconds: number}[]} trajectories */
  showTrajectories(trajectories) {
    this.showItems("trajectories", trajectories,
      (item) => `${item.name}, ${item.seconds.toFixed(1)} s`, [
        ["Play", "plays", (item) => this.teaching.call("PlayTrajectory", { trajectory: item.name,
          loop: this.part.loop.checked, speed: 10 ** Number(this.part.speed.value) })],
        ["Delete", "deleted", (item) => this.teaching.call("DeleteTrajectory", { trajectory: item.name })]]);
  }

  /**
   * @template {{name: string}} T
   * @param {string} is
   * @param {T[]} items
   * @param {(item: T) => string} text
   * @param {[string, string, (item: T) => Promise<any>][]} deeds word, what is said when done, call
   */
  showItems(is, items, text, deeds) {
    const seen = JSON.stringify(items.map(text));
    const list = this.part[is];
    if (list.dataset.seen === seen) return;
    list.dataset.seen = seen;
    list.replaceChildren(...items.map((item) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = text(item);
      line.append(name, ...deeds.map(([word, done, deed]) =>
        button(word, () => this.teaching.run(async () => {
          await deed(item);
          return `${done} ${item.name}`;
        }), `${word} ${item.name}`)));
      return line;
    }));
  }

  /** @param {{senses: string[], outputs: string[], slope: number[]}} reply */
  showSlopes(reply) {
    const table = this.part.slopes;
    const { senses, outputs, slope } = reply;
    const largest = Math.max(1e-9, ...slope.map(Math.abs));
    const head = document.createElement("tr");
    for (const text of ["", ...senses]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = text;
      head.append(cell);
    }
    const rows = outputs.map((output, o) => {
      const row = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = output;
      row.append(name);
      senses.forEach((sense, i) => {
        const value = slope[o * senses.length + i];
        const cell = row.insertCell();
        cell.textContent = value.toFixed(2);
        const share = Math.round(70 * Math.abs(value) / largest);
        cell.style.background =
          `color-mix(in srgb, var(${value < 0 ? "--glide" : "--target"}) ${share}%, transparent)`;
      });
      return row;
    });
    table.replaceChildren(head, ...rows);
  }
}
