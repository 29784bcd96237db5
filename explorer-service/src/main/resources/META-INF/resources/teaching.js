// @ts-check
// One performer's teaching: pairs and fits. Calls are those of the gRPC services, as JSON; what comes
// back is set as text, never as markup.

import { call } from "./calls.js";
import { drawCurve } from "./drawing.js";
import { Hold } from "./hold.js";
import { Moving } from "./moving.js";
import { button, connection, setText } from "./page.js";
import { isChanged, named } from "./values.js";

/** @typedef {import("./contract.js").MappingVersion} MappingVersion */
/** @typedef {import("./contract.js").TrainingPair} TrainingPair */
/** @typedef {import("./contract.js").Exploring} Exploring */

const SAID_MS = 6000; // so long a message stays
const REFRESH_SECONDS = 10; // what other hands changed and no event tells

export class Teaching {
  /**
   * @param {string} name of the performer
   * @param {Record<string, any>} part the card's elements
   */
  constructor(name, part) {
    this.name = name;
    this.part = part;
    /** @type {TrainingPair[]} */
    this.pairs = [];
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** @type {number[]} */
    this.curve = [];
    this.busy = false;
    this.fitting = false;
    this.stale = false;
    this.quiet = 0;
    this.said = -1e9;
    this.mode = "";
    this.seen = "";
    this.state = "";
    /** @type {string | null} */
    this.mappings = null;
    /** @param {string} is @param {() => Promise<string>} deed */
    const on = (is, deed) => part[is].addEventListener("click", () => this.run(deed));
    on("add", async () => {
      const pair = await this.call("AddPair", { meanMs: Number(part.mean.value) });
      return `taught ${pair.pair} from ${pair.frames} frames`;
    });
    on("undo", async () => (await this.call("Undo")).change);
    on("clear", async () => (await this.call("ClearPairs")).change + "; Undo brings them back");
    part.fit.addEventListener("click", () => this.fit());
    this.hold = new Hold(this, part.hold);
    part["auto-fit"].addEventListener("change", () =>
      this.set({ autoFit: part["auto-fit"].checked }));
    part.mappings.addEventListener("change", () =>
      this.run(async () => {
        await this.call("UseMapping", { version: part.mappings.value });
        return "this mapping plays now";
      }));
    this.moving = new Moving(this, part);
    this.refresh();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  end() {
    clearInterval(this.timer);
  }

  /**
   * @param {string} name
   * @param {object} [body]
   * @param {(line: any) => void} [onLine]
   */
  call(name, body, onLine) {
    return call(name, { performer: this.name, ...body }, onLine);
  }

  /** @param {string} text @param {boolean} [bad] */
  say(text, bad) {
    this.said = performance.now();
    this.part.remark.dataset.state = bad ? "bad" : "ok";
    setText(this.part.remark, named(text, this.numbers));
  }

  /**
   * Does something, looks what there is now, and says what was done or what is wrong.
   * @param {() => Promise<any>} deed
   */
  async run(deed) {
    let done = "";
    let bad = false;
    try {
      done = await deed();
    } catch (fault) {
      done = fault.message;
      bad = true;
    }
    await this.refresh();
    if (typeof done === "string" && done) this.say(done, bad);
  }

  /** @param {object} settings */
  set(settings) {
    return this.run(async () => {
      const now = await this.call("SetSettings", settings);
      if (now.notKept) throw new Error(`It is set, but not kept: ${now.notKept}`);
    });
  }

  async fit() {
    if (this.fitting) return;
    this.fitting = true;
    this.part.fit.setAttribute("aria-disabled", "true"); // keeps the focus
    this.curve = [];
    this.say("fitting");
    const begin = performance.now();
    try {
      const last = await this.call("Fit", {}, (progress) => {
        if (progress.state === "FIT_STATE_RUNNING" && progress.epoch) {
          this.curve.push(progress.loss);
          setText(this.part.doing, `fitting: epoch ${progress.epoch} of ${progress.epochs}, ` +
            `loss ${progress.loss.toPrecision(3)}`);
        } else if (progress.state === "FIT_STATE_WAITING") {
          setText(this.part.doing, "fitting: " + (progress.message || "waiting"));
        }
      });
      if (last.state === "FIT_STATE_DONE") {
        this.fitted(last.version);
        const seconds = (performance.now() - begin) / 1000;
        const led = this.mode === "MODE_SELECT";
        if (led) await this.call("SetSettings", { mode: "MODE_PREDICT" });
        this.say(`a new mapping plays after ${seconds.toFixed(1)} s: ${last.version.pairs} pairs, ` +
          `loss ${last.version.loss.toPrecision(3)}` + (last.message ? `; ${last.message}` : "") +
            (led ? "; the sound moves the point now" : ""));
      } else {
        this.say("not fitted, the old mapping plays on: " + (last.message || "it was broken off"), true);
      }
    } catch (fault) {
      this.say("not fitted, the old mapping plays on: " + fault.message, true);
    }
    this.fitting = false;
    this.part.fit.removeAttribute("aria-disabled");
    await this.refresh();
  }

  /** @param {MappingVersion} version */
  fitted(version) {
    this.curve = version.lossCurve;
    setText(this.part.loss, version.loss.toPrecision(3) +
      (version.leaveOneOut === undefined ? "" : `, unseen ${version.leaveOneOut.toPrecision(2)}`));
  }

  async refresh() {
    this.stale = false;
    this.quiet = 0;
    try {
      const [pairs, mappings, settings, presets, trajectories] = await Promise.all([
        this.call("ListPairs", { errors: true }), this.call("ListMappings"), this.call("GetSettings"),
        this.call("ListPresets"), this.call("ListTrajectories")]);
      this.showMappings(mappings);
      this.showPairs(pairs, mappings.mappings.find((/** @type {MappingVersion} */ m) => m.version === mappings.playing));
      this.part["auto-fit"].checked = Boolean(settings.autoFit);
      this.moving.showSettings(settings);
      this.moving.showPresets(presets.presets);
      this.moving.showTrajectories(trajectories.trajectories);
    } catch (fault) {
      if (!connection.lost) this.say(fault.message, true);
    }
  }

  /**
   * @param {{pairs: TrainingPair[], errors: number[], undoable: number, waiting: string,
   *   status: string}} reply
   * @param {MappingVersion | undefined} fitted the mapping that plays, if it was fitted here
   */
  showPairs(reply, fitted) {
    const { errors } = reply;
    const seen = JSON.stringify([reply.pairs.map((p) => [p.pair, p.target]), errors]);
    this.pairs = reply.pairs;
    reply.pairs.forEach((pair, i) => this.numbers.set(pair.pair, i + 1));
    this.part.undo.disabled = !reply.undoable;
    this.part.clear.disabled = !reply.pairs.length;
    const changed = fitted && isChanged(reply.pairs, errors, fitted);
    setText(this.part.taught, `${reply.pairs.length} ${reply.pairs.length === 1 ? "pair" : "pairs"}` +
      (changed ? ", changed since the fit: fit again" : "") +
      (Number(reply.waiting) ? `, ${reply.waiting} changes wait: ${reply.status}` : ""));
    if (seen === this.seen) return;
    this.seen = seen;
    this.part.pairs.replaceChildren(...reply.pairs.map((pair, i) => this.row(pair, i, errors[i])));
  }

  /** @param {TrainingPair} pair @param {number} i @param {number} error */
  row(pair, i, error) {
    const row = document.createElement("tr");
    const size = pair.output.length;
    const cells = [`${i + 1}`, pair.output[0].toFixed(2), pair.output[1].toFixed(2),
      pair.output[size - 2].toFixed(2), pair.output[size - 1].toFixed(0) + " ms",
      error >= 0 ? error.toFixed(3) : "–"];
    for (const text of cells) row.insertCell().textContent = text;
    const what = `pair ${i + 1}`;
    const deed = (/** @type {string} */ name, /** @type {string} */ done) => () => this.run(async () => {
      await this.call(name, { pair: pair.pair });
      return done;
    });
    row.insertCell().append(
      button("Go there", deed("AuditionPair", `the hand is at ${what}`), `Go there: ${what}`),
      button("Set to hand", deed("EditPair", `${what} means where the hand is now`),
        `Set to hand: ${what}`),
      button("Delete", async () => {
        this.part.pairs.closest(".pairs").focus(); // the button goes
        await deed("DeletePair", `deleted ${what}; Undo brings it back`)();
      }, `Delete: ${what}`));
    return row;
  }

  /** @param {{mappings: MappingVersion[], playing: string}} reply */
  showMappings(reply) {
    const select = this.part.mappings;
    const names = reply.mappings.map((m) => m.version).join() + reply.playing;
    const newest = reply.mappings[0];
    if (newest && newest.version === reply.playing && !this.fitting && !this.curve.length) {
      this.fitted(newest);
    }
    if (names === this.mappings || document.activeElement === select) return;
    this.mappings = names;
    const options = reply.mappings.map((m) =>
      new Option(`${new Date(m.createdAt).toLocaleTimeString()} · ${m.pairs} pairs · ` +
        `loss ${m.loss.toPrecision(2)}`, m.version, false, m.version === reply.playing));
    if (!reply.playing) options.unshift(new Option("not one of the fitted", "", true, true));
    select.replaceChildren(...options);
    select.disabled = !reply.mappings.length;
  }

  /** Once a second: what others changed, and what moves what while that is open. */
  async tick() {
    if (document.hidden || this.busy || connection.lost) return;
    this.busy = true;
    if (this.stale || ++this.quiet >= REFRESH_SECONDS) await this.refresh();
    if (this.part["slopes-box"].open) {
      try {
        this.moving.showSlopes(await this.call("GetSensitivity"));
      } catch (fault) {
        this.say(fault.message, true);
      }
    }
    this.busy = false;
  }

  lost() {
    this.hold.lost();
  }

  /** What the events say of the explorer. @param {import("./contract.js").PerformerNow} now */
  show({ echo: { exploring }, pairsRevision, settings }) {
    this.mode = settings.mode;
    const state = exploring.mapping + pairsRevision;
    this.stale = this.stale || state !== this.state;
    this.state = state;
    const other = this.hold.hear(exploring.holder, exploring.heldS);
    if (!this.fitting) setText(this.part.doing, this.doing(exploring, other));
    if (this.fitting || performance.now() - this.said < SAID_MS) return;
    const wrong = [];
    if (exploring.remark) wrong.push(exploring.remark);
    for (const sense of exploring.refusedSenses) {
      wrong.push(`the lists of sense ${sense.name} are refused: ${sense.reason}`);
    }
    if (exploring.heldSenses.length) wrong.push("held: " + exploring.heldSenses.join(", "));
    this.part.remark.dataset.state = wrong.length ? "bad" : "ok";
    setText(this.part.remark, named(wrong.join(" · "), this.numbers));
  }

  /** What goes on, with its running numbers. @param {Exploring} exploring @param {string} other */
  doing(exploring, other) {
    const parts = [];
    if (other) parts.push(other);
    if (exploring.extrapolation > 1.5) {
      parts.push(`extrapolates: ${exploring.extrapolation.toFixed(1)} times the pairs' spacing away`);
    }
    if (exploring.drift > 0.01) parts.push("drifts by itself");
    if (exploring.recordingTrajectory) parts.push(`records ${exploring.recordingTrajectory}`);
    if (exploring.playingTrajectory) parts.push(`plays ${exploring.playingTrajectory}`);
    if (exploring.morphingPreset) {
      parts.push(`morphs to ${exploring.morphingPreset}, ${(100 * exploring.morph).toFixed(0)} %`);
    }
    return parts.join(" · ");
  }

  /** @param {import("./drawing.js").Colours} colour */
  draw(colour) {
    drawCurve(this.part.curve, this.curve, colour);
  }
}
