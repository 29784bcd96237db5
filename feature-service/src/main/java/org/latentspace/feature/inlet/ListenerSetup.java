package org.latentspace.feature.inlet;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentspace.feature.FeatureConfig;
import org.latentspace.feature.dsp.AttackMethod;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.dsp.PitchMethod;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.range.SenseMerger;
import org.latentspace.feature.senses.SenseRange;
import org.latentspace.feature.senses.Senses;
import org.latentspace.wire.StartMistake;

/**
 * Checks the configuration and makes of it who is listened to, and how. A mistake in it ends the
 * start here.
 */
@Singleton
class ListenerSetup {
  private static final String PREFIX = "feature-service.";

  /** What a range is called that stands in the configuration. */
  private static final String CONFIGURED = "auto-0";

  private final int performers;
  private final FeatureSettings common;
  private final Map<String, FeatureSettings> own = new HashMap<>();
  private final Range commonRange = Range.of(Scaling.LSE);
  private final Map<String, Range> ownRanges = new HashMap<>();
  private final Map<String, SenseRange> senses = new HashMap<>();

  /** A value out of its range is a StartMistake with key, value and what would be right. */
  @Inject
  ListenerSetup(FeatureConfig config) {
    performers = config.maxPerformers();
    powerOfTwo("fft", config.fft(), 64, 16384);
    powerOfTwo("pitch-window", config.pitchWindow(), 256, 16384);
    range("hop", config.hop(), 16, config.fft());
    range("rate-hz", config.rateHz(), 8000, 192_000);
    range("rms-window-ms", config.rmsWindowMs(), 0, 2000);
    range("max-performers", config.maxPerformers(), 1, 256);
    range("osc.port", config.osc().port(), 0, 65535);
    range("explorer-service.port", config.explorerService().port(), 1, 65535);
    common =
        new FeatureSettings(
            new FeatureSettings.Window(
                config.rateHz(),
                config.fft(),
                config.hop(),
                config.pitchWindow(),
                config.rmsWindowMs()),
            gate("silence.", config.silence()),
            smoothing(config.smoothing()),
            memory(config.memory()),
            tuning("", config.a4Hz(), config.onsetThresholdDb()),
            detectors("", config.pitch(), config.onsets()),
            Scaling.LSE);
    config.performers().forEach((name, performer) -> own.put(name, of(name, performer, config)));
    own.forEach((name, settings) -> ownRanges.put(name, Range.of(settings.scaling())));
    config.senses().forEach((name, values) -> senses.put(name, sense(name, values)));
  }

  /** The listeners, nobody heard yet. */
  @Produces
  @Singleton
  Listeners listeners(Senses otherSenses, Ranges ranges) {
    return new Listeners(performers, this::of, name -> new SenseMerger(name, otherSenses, ranges));
  }

  /** The other senses, none felt yet. */
  @Produces
  @Singleton
  Senses senses() {
    return new Senses(performers, Scaling.NAMES, senses);
  }

  /** The ranges, none stored yet. */
  @Produces
  @Singleton
  Ranges ranges() {
    return new Ranges(performers, common.window().hopSeconds(), this::range);
  }

  /** By what the performer's raw values are scaled as long as no other range is used. */
  Range range(String performer) {
    return ownRanges.getOrDefault(performer, commonRange);
  }

  /** How the performer is listened to. */
  FeatureSettings of(String performer) {
    return own.getOrDefault(performer, common);
  }

  private FeatureSettings of(String name, FeatureConfig.Performer performer, FeatureConfig config) {
    String key = "performers." + name + ".";
    FeatureSettings.Gate gate = common.gate();
    FeatureSettings.Tuning tuning = common.tuning();
    return new FeatureSettings(
        common.window(),
        gate(
            key,
            performer.openDbfs().orElse(gate.openDbfs()),
            performer.closeDbfs().orElse(gate.closeDbfs()),
            gate.holdMs()),
        common.smoothing(),
        common.memory(),
        tuning(
            key,
            performer.a4Hz().orElse(tuning.a4Hz()),
            performer.onsetThresholdDb().orElse(tuning.onsetThresholdDb())),
        detectors(
            key,
            performer.pitch().orElse(config.pitch()),
            performer.onsets().orElse(config.onsets())),
        scaling(key, performer));
  }

  private static Scaling scaling(String key, FeatureConfig.Performer performer) {
    if (performer.rangeLow().isEmpty() && performer.rangeHigh().isEmpty()) {
      return Scaling.LSE;
    }
    List<Double> low = performer.rangeLow().orElse(List.of());
    List<Double> high = performer.rangeHigh().orElse(List.of());
    try {
      return Scaling.autoRange(CONFIGURED, array(low), array(high));
    } catch (IllegalArgumentException e) {
      throw new StartMistake(
          PREFIX
              + key
              + "range-low="
              + low
              + ", range-high="
              + high
              + ": "
              + e.getMessage()
              + ", must be ten lows and ten highs, each low below its high");
    }
  }

  private static SenseRange sense(String name, FeatureConfig.SenseValues values) {
    List<Double> low = values.low().orElse(List.of(0.0));
    List<Double> high = values.high().orElse(List.of(1.0));
    try {
      return new SenseRange(array(low), array(high));
    } catch (IllegalArgumentException e) {
      throw new StartMistake(
          PREFIX
              + "senses."
              + name
              + ".low="
              + low
              + ", high="
              + high
              + ": must be as many lows as highs, 1..64, each low below its high");
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static FeatureSettings.Gate gate(String key, FeatureConfig.Silence silence) {
    range(key + "hold-ms", silence.holdMs(), 0, 10_000);
    return gate(key, silence.openDbfs(), silence.closeDbfs(), silence.holdMs());
  }

  private static FeatureSettings.Gate gate(String key, double open, double close, double holdMs) {
    range(key + "close-dbfs", close, -100, 0);
    range(key + "open-dbfs", open, close, 0);
    return new FeatureSettings.Gate(open, close, holdMs);
  }

  private static FeatureSettings.Smoothing smoothing(FeatureConfig.Smoothing smoothing) {
    range("smoothing.notes-ms", smoothing.notesMs(), 0, 10_000);
    range("smoothing.rms-ms", smoothing.rmsMs(), 0, 10_000);
    range("smoothing.spectrum-ms", smoothing.spectrumMs(), 0, 10_000);
    return new FeatureSettings.Smoothing(
        smoothing.notesMs(), smoothing.rmsMs(), smoothing.spectrumMs());
  }

  private static FeatureSettings.Memory memory(FeatureConfig.Memory memory) {
    range("memory.notes", memory.notes(), 2, 64);
    range("memory.onsets", memory.onsets(), 2, 64);
    range("memory.oldest-seconds", memory.oldestSeconds(), 0.1, 600);
    range("memory.decay-seconds", memory.decaySeconds(), 0.01, 60);
    return new FeatureSettings.Memory(
        memory.notes(), memory.onsets(), memory.oldestSeconds(), memory.decaySeconds());
  }

  private static FeatureSettings.Tuning tuning(String key, double a4Hz, double onsetThresholdDb) {
    range(key + "a4-hz", a4Hz, 380, 480);
    range(key + "onset-threshold-db", onsetThresholdDb, 1, 40);
    return new FeatureSettings.Tuning(a4Hz, onsetThresholdDb);
  }

  private static FeatureSettings.Detectors detectors(String key, String pitch, String onsets) {
    return new FeatureSettings.Detectors(
        choice(key + "pitch", pitch, PitchMethod.values()),
        choice(key + "onsets", onsets, AttackMethod.values()));
  }

  private static <T extends Enum<T>> T choice(String key, String value, T[] choices) {
    List<String> names =
        Arrays.stream(choices).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    if (!names.contains(value)) {
      throw new StartMistake(
          PREFIX + key + "=" + value + ": must be " + String.join(" or ", names));
    }
    return choices[names.indexOf(value)];
  }

  private static void powerOfTwo(String key, int value, int least, int most) {
    if (value < least || value > most || Integer.bitCount(value) != 1) {
      throw new StartMistake(
          PREFIX + key + "=" + value + ": must be a power of two, " + least + ".." + most);
    }
  }

  private static void range(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new StartMistake(
          PREFIX + key + "=" + plain(value) + ": must be " + plain(least) + ".." + plain(most));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
