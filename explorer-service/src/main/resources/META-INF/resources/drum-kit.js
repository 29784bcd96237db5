// @ts-check
// A drum kit made of oscillators and noise. A harder stroke is brighter as well as louder.

const NOISE_S = 2;
const ATTACK_S = 0.001;
const SILENT = 0.0001; // where an exponential decay ends

/** Frequencies that ring like a cymbal, in Hz: those of the TR-808's six oscillators. */
const METAL = [205.3, 304.4, 369.6, 522.7, 540, 800];

export class DrumKit {
  /**
   * @param {BaseAudioContext} context
   * @param {AudioNode} output
   */
  constructor(context, output) {
    this.context = context;
    this.output = output;
    this.noise = noise(context);
    /** @type {GainNode | null} that a closed hat silences */
    this.ringing = null;
    /** @type {Record<string, (at: number, velocity: number, to: AudioNode) => void>} */
    this.voices = {
      "kick": (at, v, to) => {
        this.drum(at, 130 + 90 * v, 48, 0.035, 0.22 + 0.2 * v, v, to);
        this.hiss(at, "lowpass", 900 + 4000 * v, 0.7, 0.02, 0.5 * v * v, to);
      },
      "snare": (at, v, to) => {
        this.drum(at, 260, 180, 0.02, 0.12, 0.6 * v, to);
        this.hiss(at, "bandpass", 1800 + 2600 * v, 0.5, 0.1 + 0.1 * v, 0.9 * v, to);
      },
      "rim": (at, v, to) => {
        this.drum(at, 1750, 1650, 0.01, 0.03, 0.5 * v, to);
        this.hiss(at, "bandpass", 2500 + 2000 * v, 2, 0.015, 0.7 * v, to);
      },
      "clap": (at, v, to) => {
        for (const late of [0, 0.011, 0.021]) {
          this.hiss(at + late, "bandpass", 1000 + 500 * v, 1.5, 0.012, 0.8 * v, to);
        }
        this.hiss(at + 0.03, "bandpass", 1000 + 500 * v, 1.2, 0.12, 0.7 * v, to);
      },
      "closed-hat": (at, v, to) => {
        if (this.ringing) this.ringing.gain.setTargetAtTime(0, at, 0.005);
        this.hiss(at, "highpass", 9500 - 2500 * v, 0.8, 0.03 + 0.03 * v, 0.5 * v, to);
      },
      "open-hat": (at, v, to) => {
        this.ringing = this.gain(at, 1, to);
        this.hiss(at, "highpass", 9000 - 2500 * v, 0.8, 0.3 + 0.2 * v, 0.45 * v, this.ringing);
      },
      "low-tom": (at, v, to) => this.drum(at, 110 + 40 * v, 82, 0.06, 0.3 + 0.15 * v, 0.8 * v, to),
      "mid-tom": (at, v, to) => this.drum(at, 160 + 50 * v, 120, 0.06, 0.28 + 0.12 * v, 0.8 * v, to),
      "high-tom": (at, v, to) => this.drum(at, 220 + 70 * v, 170, 0.06, 0.24 + 0.1 * v, 0.8 * v, to),
      "ride": (at, v, to) => {
        this.metal(at, 2.2, 5000 + 2000 * v, 0.6 + 0.5 * v, 0.16 * v, to);
        this.hiss(at, "bandpass", 7000 + 3000 * v, 1, 0.05, 0.3 * v, to);
      },
      "crash": (at, v, to) => {
        this.metal(at, 2.7, 4000 + 1500 * v, 0.9 + 0.5 * v, 0.12 * v, to);
        this.hiss(at, "highpass", 5500 - 2000 * v, 0.4, 0.9 + 0.6 * v, 0.5 * v, to);
      },
    };
  }

  /**
   * Strikes a voice; one that the kit does not know sounds like a block of wood.
   * @param {string} voice
   * @param {number} velocity 0..1
   * @param {number} at the context's time in seconds
   * @param {AudioNode} [to] in place of the kit's output
   */
  strike(voice, velocity, at, to = this.output) {
    const v = Math.min(1, Math.max(0, velocity));
    const strike = this.voices[voice]
      || ((when, hard, out) => this.drum(when, 900, 800, 0.01, 0.06, 0.5 * hard, out));
    if (v > 0) strike(at, v, to);
  }

  /** A skin: a sine that falls from one pitch (Hz) to another and dies away (s). */
  drum(/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ pitch,
      /** @type {number} */ fallS, /** @type {number} */ decayS, /** @type {number} */ level,
      /** @type {AudioNode} */ to) {
    const tone = this.context.createOscillator();
    tone.frequency.setValueAtTime(from, at);
    tone.frequency.exponentialRampToValueAtTime(pitch, at + fallS);
    tone.connect(this.envelope(at, decayS, level, to));
    tone.start(at);
    tone.stop(at + decayS + 0.05);
  }

  /** Filtered noise that dies away. */
  hiss(/** @type {number} */ at, /** @type {BiquadFilterType} */ type,
      /** @type {number} */ frequency, /** @type {number} */ q, /** @type {number} */ decayS,
      /** @type {number} */ level, /** @type {AudioNode} */ to) {
    const source = this.context.createBufferSource();
    source.buffer = this.noise;
    const filter = this.context.createBiquadFilter();
    filter.type = type;
    filter.frequency.value = frequency;
    filter.Q.value = q;
    source.connect(filter).connect(this.envelope(at, decayS, level, to));
    // Each stroke from another place, so that two in a row are not the same sound.
    source.start(at, (at * 7.3) % (NOISE_S - decayS > 0 ? NOISE_S - decayS : NOISE_S / 2));
    source.stop(at + decayS + 0.05);
  }

  /** Six square waves through a high-pass: a cymbal's ring. */
  metal(/** @type {number} */ at, /** @type {number} */ times, /** @type {number} */ cut,
      /** @type {number} */ decayS, /** @type {number} */ level, /** @type {AudioNode} */ to) {
    const filter = this.context.createBiquadFilter();
    filter.type = "highpass";
    filter.frequency.value = cut;
    filter.connect(this.envelope(at, decayS, level, to));
    for (const frequency of METAL) {
      const tone = this.context.createOscillator();
      tone.type = "square";
      tone.frequency.value = frequency * times;
      tone.connect(filter);
      tone.start(at);
      tone.stop(at + decayS + 0.05);
    }
  }

  /** @param {number} at @param {number} level @param {AudioNode} to */
  gain(at, level, to) {
    const gain = this.context.createGain();
    gain.gain.setValueAtTime(level, at);
    gain.connect(to);
    return gain;
  }

  /** @param {number} at @param {number} decayS @param {number} level @param {AudioNode} to */
  envelope(at, decayS, level, to) {
    const gain = this.gain(at, 0, to);
    gain.gain.linearRampToValueAtTime(Math.max(SILENT, level), at + ATTACK_S);
    gain.gain.exponentialRampToValueAtTime(SILENT, at + decayS);
    return gain;
  }
}

/** White noise, the same in every page. @param {BaseAudioContext} context */
function noise(context) {
  const buffer = context.createBuffer(1, NOISE_S * context.sampleRate, context.sampleRate);
  const samples = buffer.getChannelData(0);
  let seed = 1;
  for (let i = 0; i < samples.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    samples[i] = seed / 2 ** 31 - 1;
  }
  return buffer;
}
