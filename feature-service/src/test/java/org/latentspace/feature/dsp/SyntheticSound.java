package org.latentspace.feature.dsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Sound that a test makes itself, at 44.1 kHz, and what was heard in it. */
final class SyntheticSound {
  static final int RATE = 44_100;
  private static final int PARTIALS = 16;

  /** The partials do not all begin together: no sharp pulses. */
  private static final double[] PHASE_SIN = new double[PARTIALS + 1];

  private static final double[] PHASE_COS = new double[PARTIALS + 1];

  static {
    for (int k = 1; k <= PARTIALS; k++) {
      PHASE_SIN[k] = Math.sin(0.7 * k * k);
      PHASE_COS[k] = Math.cos(0.7 * k * k);
    }
  }

  /** Loudness of partial k = 1, 2, .. of a tone of some Hz. */
  interface Timbre {
    double partial(int k, double hz);
  }

  static final Timbre SINE = (k, hz) -> k == 1 ? 1 : 0;
  static final Timbre SAW = (k, hz) -> 1.0 / k;
  static final Timbre DULL = (k, hz) -> 1.0 / (k * k);
  static final Timbre WEAK_FUNDAMENTAL = (k, hz) -> k == 1 ? 0.1 : 1.0 / k;

  /** How a note begins, ends, and fades: seconds; decay 0 = it does not. */
  record Shape(double attack, double release, double decay) {}

  /** What was heard: onsets and the frames. */
  record FrameFeatures(List<Double> onsets, List<Frame> frames) {
    double largestAmbitus() {
      return frames.stream().mapToDouble(Frame::ambitus).max().orElse(0);
    }

    /** MIDI number, of the frames that have a pitch from a second on; 0 = none has. */
    double medianPitch(double from) {
      double[] sorted =
          frames.stream()
              .filter(frame -> frame.seconds >= from && frame.midi > 0)
              .mapToDouble(Frame::midi)
              .sorted()
              .toArray();
      return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    boolean silentAtTheEnd() {
      return frames.get(frames.size() - 1).silent;
    }
  }

  /** seconds: centre of the window. */
  record Frame(double seconds, double midi, double ambitus, double rms, boolean silent) {}

  final float[] samples;

  SyntheticSound(double seconds) {
    samples = new float[(int) (seconds * RATE)];
  }

  /** Adds a note; midi: pitch by the seconds since its start; dbfs: RMS while it is loudest. */
  SyntheticSound note(
      double start, double end, DoubleUnaryOperator midi, Timbre timbre, double dbfs, Shape shape) {
    double first = hz(midi.applyAsDouble(0));
    double[] loud = loudness(timbre, first, dbfs);
    double phase = 0;
    int last = Math.min(samples.length, (int) ((end + shape.release) * RATE));
    for (int i = (int) (start * RATE); i < last; i++) {
      double t = (double) i / RATE - start;
      phase += 2 * Math.PI * hz(midi.applyAsDouble(t)) / RATE;
      double x = partials(phase, loud, shape.decay > 0 ? t / shape.decay : 0);
      double after = Math.max(0, (t + start - end) / shape.release);
      samples[i] +=
          (float) (x * Math.min(1, t / shape.attack) * (0.5 + 0.5 * Math.cos(Math.PI * after)));
    }
    return this;
  }

  /** The sum of the partials; the higher ones fade sooner. */
  private static double partials(double phase, double[] loud, double faded) {
    double stepSin = Math.sin(phase);
    double stepCos = Math.cos(phase);
    double sin = 0;
    double cos = 1;
    double x = 0;
    for (int k = 1; k <= PARTIALS; k++) {
      double next = sin * stepCos + cos * stepSin;
      cos = cos * stepCos - sin * stepSin;
      sin = next;
      if (loud[k] > 0) {
        double fade = faded > 0 ? Math.exp(-faded * Math.sqrt(k)) : 1;
        x += loud[k] * fade * (sin * PHASE_COS[k] + cos * PHASE_SIN[k]);
      }
    }
    return x;
  }

  private static double[] loudness(Timbre timbre, double hz, double dbfs) {
    double[] loud = new double[PARTIALS + 1];
    double power = 0;
    for (int k = 1; k <= PARTIALS && k * hz < 0.43 * RATE; k++) {
      loud[k] = timbre.partial(k, hz);
      power += loud[k] * loud[k] / 2;
    }
    for (int k = 1; k <= PARTIALS; k++) {
      loud[k] *= amplitude(dbfs) / Math.sqrt(power);
    }
    return loud;
  }

  static double hz(double midi) {
    return 440 * Math.pow(2, (midi - 69) / 12);
  }

  private static double amplitude(double dbfs) {
    return Math.pow(10, dbfs / 20);
  }

  /** Adds a stroke of noise that fades to 1/e within the decay (seconds). */
  SyntheticSound stroke(double start, double decay, double dbfs, Random random) {
    int from = (int) (start * RATE);
    for (int i = from; i < Math.min(samples.length, from + 8 * decay * RATE); i++) {
      double fade = Math.exp(-(i - from) / (decay * RATE));
      samples[i] += (float) (amplitude(dbfs) * random.nextGaussian() * fade);
    }
    return this;
  }

  /** Adds white noise, or with redness 0.9..0.999 noise whose low end prevails. */
  SyntheticSound noise(double dbfs, double redness, long seed) {
    Random random = new Random(seed);
    double x = 0;
    double scale = amplitude(dbfs) * Math.sqrt(1 - redness * redness);
    for (int i = 0; i < samples.length; i++) {
      x = redness * x + random.nextGaussian();
      samples[i] += (float) (scale * x);
    }
    return this;
  }

  /** Adds a tone that never ends, with overtones as mains hum has them, or none. */
  SyntheticSound hum(double hz, double dbfs, double... overtones) {
    double loud = amplitude(dbfs) * Math.sqrt(2);
    for (int i = 0; i < samples.length; i++) {
      double phase = 2 * Math.PI * hz * i / RATE;
      double x = Math.sin(phase);
      for (int k = 0; k < overtones.length; k++) {
        x += overtones[k] * Math.sin((k + 2) * phase + k);
      }
      samples[i] += (float) (loud * x);
    }
    return this;
  }

  SyntheticSound offset(double dc) {
    return times(t -> 1, dc);
  }

  /** Every sample times a factor by its time in seconds, plus a constant. */
  SyntheticSound times(DoubleUnaryOperator factor, double dc) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (samples[i] * factor.applyAsDouble((double) i / RATE) + dc);
    }
    return this;
  }

  FrameFeatures heard() {
    return heard(512);
  }

  FrameFeatures heard(int hop) {
    FeatureSettings.Window window = new FeatureSettings.Window(RATE, 1024, hop, 2048, 0);
    return heard(FeatureSettings.standard().with(window));
  }

  FrameFeatures heard(FeatureSettings settings) {
    FeatureExtractor extractor = new FeatureExtractor(settings, RATE);
    FrameFeatures heard = new FrameFeatures(new ArrayList<>(), new ArrayList<>());
    extractor.finish(
        samples,
        0,
        samples.length,
        h -> {
          if (h.onset()) {
            heard.onsets.add(h.centreSeconds());
          }
          heard.frames.add(
              new Frame(h.centreSeconds(), h.pitchMidi(), h.raw(0), h.raw(2), h.silent()));
        });
    return heard;
  }
}
