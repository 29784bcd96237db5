package org.latentspace.feature.range;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.SenseRange;
import org.latentspace.feature.senses.SenseValues;
import org.latentspace.feature.senses.Senses;
import org.latentspace.performer.Origin;

/**
 * A performer called ada with senses, ranges and an extractor; a frame a block, in a time of its
 * own.
 */
final class Stage {
  static final int RATE = 44_100;
  static final int HOP = 512;
  static final double FRAME_SECONDS = (double) HOP / RATE;
  static final String ADA = "ada";

  final Senses senses =
      new Senses(
          4, Scaling.NAMES, Map.of("eeg", new SenseRange(new double[] {-5}, new double[] {5})));
  final Ranges ranges = new Ranges(1, FRAME_SECONDS, name -> LSE);
  final Listeners listeners =
      new Listeners(
          4, name -> FeatureSettings.standard(), name -> new SenseMerger(name, senses, ranges));

  private static final Range LSE = Range.of(Scaling.LSE);

  private long sequence;
  private boolean lossless;

  /** What a frame showed; news: null where none were told. */
  record Frame(
      String scaling,
      boolean silent,
      double rms,
      List<String> senses,
      List<Boolean> stale,
      float[] raw,
      float[] vector,
      Range news) {}

  void lossless() {
    lossless = true;
  }

  /** Seconds of sound so far, also the time of the senses in nanoseconds. */
  long nowNanos() {
    return (long) (sequence * FRAME_SECONDS * 1e9);
  }

  /** A frame with a sine of that amplitude. */
  Frame hear(double amplitude) {
    Frame[] frame = new Frame[1];
    listeners.hear(block(amplitude), nowNanos(), heard -> frame[0] = frame(heard));
    return frame[0];
  }

  void hear(int frames, double amplitude, Consumer<Frame> each) {
    for (int i = 0; i < frames; i++) {
      each.accept(hear(amplitude));
    }
  }

  Block block(double amplitude) {
    float[] samples = new float[HOP];
    for (int i = 0; i < HOP; i++) {
      double at = (double) (sequence * HOP + i) / RATE;
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * 440 * at));
    }
    sequence++;
    long soundNanos = (long) (sequence * FRAME_SECONDS * 1e9);
    return new Block(new Origin(ADA, sequence, 0, soundNanos, lossless, false), RATE, samples);
  }

  private static Frame frame(FrameFeatures heard) {
    SenseValues felt = heard.felt();
    float[] raw = new float[felt.size()];
    float[] vector = new float[felt.size()];
    for (int i = 0; i < felt.size(); i++) {
      raw[i] = felt.raw(i);
      vector[i] = felt.vector(i);
    }
    List<Integer> all = java.util.stream.IntStream.range(0, felt.senses()).boxed().toList();
    return new Frame(
        heard.scaling(),
        heard.silent(),
        heard.raw(2),
        all.stream().map(i -> felt.sense(i).name()).toList(),
        all.stream().map(felt::stale).toList(),
        raw,
        vector,
        heard.news());
  }
}
