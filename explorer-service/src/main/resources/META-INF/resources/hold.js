// @ts-check
// The button that is held while playing: a pair of all that is heard until it is let go. What is not
// let go (the page goes, the focus is lost, the connection breaks) is discarded.

import { PAGE, setText } from "./page.js";

const PATIENCE_MS = 1500; // so long after the beginning the events must say that a pair is held

export class Hold {
  /**
   * @param {import("./teaching.js").Teaching} teaching whose call, say and run it uses
   * @param {HTMLButtonElement} button
   */
  constructor(teaching, button) {
    this.teaching = teaching;
    this.button = button;
    this.held = false;
    this.byKey = false;
    this.listening = false;
    this.since = 0;
    this.begun = Promise.resolve(false);
    this.release();
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
      this.byKey = false;
      this.down(event);
    });
    button.addEventListener("pointerup", () => this.up(true));
    button.addEventListener("pointercancel", () => this.up(false));
    button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      this.byKey = true;
      this.down(event);
    });
    button.addEventListener("keyup", (event) => {
      if (event.key === " " || event.key === "Enter") this.up(true);
    });
    button.addEventListener("blur", () => {
      if (this.byKey) this.up(false);
    });
  }

  /** @param {Event} event */
  down(event) {
    event.preventDefault();
    if (this.held) return;
    this.held = true;
    this.listening = false;
    this.button.dataset.held = "true";
    setText(this.button, "Wait");
    this.begun = this.begin();
  }

  async begin() {
    try {
      await this.teaching.call("BeginPair", { holder: PAGE });
      this.listening = true;
      this.since = performance.now();
      return true;
    } catch (fault) {
      this.release();
      this.teaching.say(fault.message, true);
      return false;
    }
  }

  release() {
    this.held = false;
    this.button.dataset.held = "false";
    setText(this.button, "Hold while you play");
  }

  /** @param {boolean} keep */
  up(keep) {
    if (!this.held) return;
    this.release();
    this.teaching.run(async () => {
      if (!(await this.begun)) return "";
      const pair = await this.teaching.call("EndPair", { holder: PAGE, discard: !keep });
      return keep ? `taught ${pair.pair} from ${pair.frames} frames`
        : "let go before it was ended: nothing is taught";
    });
  }

  /** The connection is gone, and with it what was held. */
  lost() {
    if (!this.held) return;
    this.release();
    this.teaching.say("the connection broke while a pair was held: nothing is taught", true);
  }

  /**
   * What the events say of who holds; returns what another's hold is to be called, or "".
   * @param {string} holder
   * @param {number} seconds
   */
  hear(holder, seconds) {
    if (!this.held) return holder ? `${holder} holds a pair, ${seconds.toFixed(0)} s` : "";
    if (this.listening && holder) {
      setText(this.button, `Listening ${seconds.toFixed(0)} s, let go to keep`);
    } else if (this.listening && performance.now() - this.since > PATIENCE_MS) {
      this.release();
      this.teaching.say("held too long, or the connection broke: nothing is taught", true);
    }
    return "";
  }
}
