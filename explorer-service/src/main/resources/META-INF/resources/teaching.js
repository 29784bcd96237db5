"use strict";
// One performer's teaching: pairs and fits. Calls are those of the gRPC services, as JSON; what comes
// back is set as text, never as markup.

const REFRESH_SECONDS = 10; // what other hands changed and no event tells

/** Calls explorer-service; onLine hears every line of the answer. Returns the last one. */
async function ask(name, body, onLine) {
  const answer = await fetch("api/call/" + name, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 300));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = {};
  for (;;) {
    const { done, value } = await reader.read();
    rest += value || "";
    const lines = rest.split("\n");
    rest = done ? "" : lines.pop();
    for (const line of lines) {
      if (!line) continue;
      last = JSON.parse(line);
      if (last.error) throw new Error(last.error);
      if (onLine) onLine(last);
    }
    if (done) return last;
  }
}

function button(text, deed, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", deed);
  return made;
}

class Teaching {
  constructor(name, part) {
    this.name = name;
    this.part = part;
    this.pairs = [];
    this.errors = new Map();
    this.curve = [];
    this.busy = false;
    const on = (is, deed) => part[is].addEventListener("click", () => this.run(deed));
    on("add", () => this.call("AddPair", { meanMs: Number(part.mean.value) }));
    on("undo", async () => this.say((await this.call("Undo")).change));
    on("clear", async () => this.say((await this.call("ClearPairs")).change));
    part.fit.addEventListener("click", () => this.fit());
    this.holding();
    part["auto-fit"].addEventListener("change", () =>
      this.set({ autoFit: part["auto-fit"].checked }));
    part.mappings.addEventListener("change", () =>
      this.run(() => this.call("UseMapping", { version: part.mappings.value })));
    this.moving = new Moving(this, part);
    this.refresh();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  end() {
    clearInterval(this.timer);
  }

  call(name, body, onLine) {
    return ask(name, { performer: this.name, ...body }, onLine);
  }

  say(text, bad) {
    this.said = performance.now();
    this.part.remark.dataset.state = bad ? "bad" : "ok";
    setText(this.part.remark, text || "");
  }

  /** Does something, says what is wrong, and looks what there is now. */
  async run(deed) {
    try {
      await deed();
    } catch (fault) {
      this.say(fault.message, true);
    }
    await this.refresh();
  }

  set(settings) {
    return this.run(() => this.call("SetSettings", settings));
  }

  /** The button that is held while playing: pointer, or space and enter. */
  holding() {
    const hold = this.part.hold;
    const down = (event) => {
      if (event.key && event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (hold.dataset.held === "true") return;
      hold.dataset.held = "true";
      setText(hold, "Listening, let go to keep");
      this.begun = this.call("BeginPair").catch((fault) => this.say(fault.message, true));
    };
    const up = () => {
      if (hold.dataset.held !== "true") return;
      hold.dataset.held = "false";
      setText(hold, "Hold while you play");
      this.run(async () => {
        await this.begun;
        const pair = await this.call("EndPair");
        this.say(`taught ${pair.pair} from ${pair.frames} frames`);
      });
    };
    hold.addEventListener("pointerdown", (event) => {
      hold.setPointerCapture(event.pointerId);
      down(event);
    });
    hold.addEventListener("pointerup", up);
    hold.addEventListener("pointercancel", up);
    hold.addEventListener("keydown", down);
    hold.addEventListener("keyup", up);
    hold.addEventListener("blur", up);
  }

  async fit() {
    if (this.fitting) return;
    this.fitting = true;
    this.part.fit.disabled = true;
    this.curve = [];
    const begin = performance.now();
    try {
      const last = await this.call("Fit", {}, (progress) => {
        if (progress.state === "FIT_STATE_RUNNING" && progress.epoch) {
          this.curve.push(progress.loss);
          this.say(`fitting: epoch ${progress.epoch} of ${progress.epochs}, ` +
            `loss ${progress.loss.toPrecision(3)}`);
        } else if (progress.state === "FIT_STATE_WAITING") {
          this.say("fitting: " + (progress.message || "waiting"));
        }
      });
      if (last.state === "FIT_STATE_DONE") {
        this.fitted(last.version);
        const seconds = (performance.now() - begin) / 1000;
        this.say(`a new mapping plays after ${seconds.toFixed(1)} s: ${last.version.pairs} pairs, ` +
          `loss ${last.version.loss.toPrecision(3)}` + (last.message ? `; ${last.message}` : ""));
      } else {
        this.say("not fitted, the old mapping plays on: " + (last.message || "it was broken off"), true);
      }
    } catch (fault) {
      this.say("not fitted, the old mapping plays on: " + fault.message, true);
    }
    this.fitting = false;
    this.part.fit.disabled = false;
    await this.refresh();
  }

  fitted(version) {
    this.curve = version.lossCurve || [];
    this.errors = new Map((version.pairErrors || []).map((e) => [e.pair, e]));
    setText(this.part.loss, version.loss.toPrecision(3) +
      (version.leaveOneOut === undefined ? "" : `, unseen ${version.leaveOneOut.toPrecision(2)}`));
  }

  async refresh() {
    this.stale = false;
    this.quiet = 0;
    try {
      const [pairs, mappings, settings, presets, trajectories] = await Promise.all([
        this.call("ListPairs"), this.call("ListMappings"), this.call("GetSettings"),
        this.call("ListPresets"), this.call("ListTrajectories")]);
      this.showPairs(pairs);
      this.showMappings(mappings);
      this.part["auto-fit"].checked = Boolean(settings.autoFit);
      this.moving.showSettings(settings);
      this.moving.showPresets(presets.presets);
      this.moving.showTrajectories(trajectories.trajectories);
    } catch (fault) {
      this.say(fault.message, true);
    }
  }

  showPairs(reply) {
    const seen = JSON.stringify([reply.pairs.map((p) => [p.pair, p.target]), [...this.errors.keys()]]);
    this.pairs = reply.pairs;
    this.part.undo.disabled = !reply.undoable;
    this.part.clear.disabled = !reply.pairs.length;
    setText(this.part.taught, `${reply.pairs.length} ${reply.pairs.length === 1 ? "pair" : "pairs"}` +
      (Number(reply.waiting) ? `, ${reply.waiting} changes wait: ${reply.weather}` : ""));
    if (seen === this.seen) return;
    this.seen = seen;
    this.part.pairs.replaceChildren(...reply.pairs.map((pair, i) => this.row(pair, i)));
  }

  row(pair, i) {
    const row = document.createElement("tr");
    const size = pair.output.length;
    const error = this.errors.get(pair.pair);
    const cells = [`${i + 1}`, pair.output[0].toFixed(2), pair.output[1].toFixed(2),
      pair.output[size - 2].toFixed(2), pair.output[size - 1].toFixed(0) + " ms",
      error ? error.error.toFixed(3) : "–"];
    for (const text of cells) row.insertCell().textContent = text;
    const what = ` pair ${i + 1}`;
    row.insertCell().append(
      button("Go there", () => this.run(() => this.call("AuditionPair", { pair: pair.pair })),
        "Go to" + what),
      button("Set to hand", () => this.run(() => this.call("EditPair", { pair: pair.pair })),
        "Set to the hand:" + what),
      button("Delete", () => this.run(() => this.call("DeletePair", { pair: pair.pair })),
        "Delete" + what));
    return row;
  }

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
    if (document.hidden || this.busy) return;
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

  /** What the events say of the explorer. */
  show(exploring, revision) {
    const state = exploring.mapping + revision;
    this.stale = this.stale || state !== this.state;
    this.state = state;
    if (this.fitting || performance.now() - (this.said || -1e9) < 6000) return;
    const parts = [];
    if (exploring.remark) parts.push(exploring.remark);
    if (exploring.heldSenses.length) parts.push("held: " + exploring.heldSenses.join(", "));
    if (exploring.extrapolation > 1.5) {
      parts.push(`extrapolates: ${exploring.extrapolation.toFixed(1)} times the pairs' spacing away`);
    }
    if (exploring.drift > 0.01) parts.push("drifts by itself");
    if (exploring.recording) parts.push(`records ${exploring.recording}`);
    if (exploring.playing) parts.push(`plays ${exploring.playing}`);
    if (exploring.morphing) {
      parts.push(`morphs to ${exploring.morphing}, ${(100 * exploring.morph).toFixed(0)} %`);
    }
    this.part.remark.dataset.state = exploring.remark || exploring.heldSenses.length ? "bad" : "ok";
    setText(this.part.remark, parts.join(" · "));
  }

  draw(colour) {
    drawCurve(this.part.curve, this.curve, colour);
  }
}
