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
import org.latentspace.feature.dsp.AttackDetector;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.dsp.PitchDetector;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.range.SenseMerger;
import org.latentspace.feature.senses.SenseRange;
import org.latentspace.feature.senses.Senses;
import org.latentspace.installation.Installation;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFile;
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
  private final Map<String, SenseRange> senses = new HashMap<>();

  /** A value out of its range is a StartMistake with key, value and what would be right. */
  @Inject
  ListenerSetup(FeatureConfig config, InstallationConfig file) {
    this(config, InstallationFile.atStart(file));
  }

  ListenerSetup(FeatureConfig config, Installation installation) {
    performers = within("max-performers", config.maxPerformers(), 1, 256);
    within("osc.port", config.osc().port(), 0, 65535);
    within("explorer-service.port", config.explorerService().port(), 1, 65535);
    FeatureConfig.Silence silence = config.silence();
    FeatureConfig.Smoothing smoothing = config.smoothing();
    FeatureConfig.Memory memory = config.memory();
    common =
        new FeatureSettings(
            new FeatureSettings.Window(
                within("rate-hz", config.rateHz(), 8000, 192_000),
                powerOfTwo("fft", config.fft(), 64, 16384),
                within("hop", config.hop(), 16, config.fft()),
                powerOfTwo("pitch-window", config.pitchWindow(), 256, 16384),
                within("rms-window-ms", config.rmsWindowMs(), 0, 2000)),
            gate(
                "silence.",
                silence.openDbfs(),
                silence.closeDbfs(),
                within("silence.hold-ms", silence.holdMs(), 0, 10_000)),
            new FeatureSettings.Smoothing(
                within("smoothing.notes-ms", smoothing.notesMs(), 0, 10_000),
                within("smoothing.rms-ms", smoothing.rmsMs(), 0, 10_000),
                within("smoothing.spectrum-ms", smoothing.spectrumMs(), 0, 10_000)),
            new FeatureSettings.Memory(
                within("memory.notes", memory.notes(), 2, 64),
                within("memory.onsets", memory.onsets(), 2, 64),
                within("memory.oldest-seconds", memory.oldestSeconds(), 0.1, 600),
                within("memory.decay-seconds", memory.decaySeconds(), 0.01, 60)),
            tuning("", config.a4Hz(), config.onsetThresholdDb()),
            detectors("", config.pitch(), config.onsets()),
            Range.LSE);
    config.performers().forEach((name, performer) -> own.put(name, of(name, performer, config)));
    config.senses().forEach((name, values) -> senses.put(name, sense(name, values)));
    installation.senses().forEach(this::installed);
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
    return new Ranges(performers, common.window().hopSeconds(), name -> of(name).range());
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
        range(key, performer));
  }

  private static Range range(String key, FeatureConfig.Performer performer) {
    if (performer.rangeLow().isEmpty() && performer.rangeHigh().isEmpty()) {
      return Range.LSE;
    }
    List<Double> low = performer.rangeLow().orElse(List.of());
    List<Double> high = performer.rangeHigh().orElse(List.of());
    try {
      return Range.of(Scaling.autoRange(CONFIGURED, array(low), array(high)));
    } catch (IllegalArgumentException e) {
      String given = "range-low=" + low + ", range-high=" + high + ": " + e.getMessage();
      throw new StartMistake(
          PREFIX + key + given + ", must be ten lows and ten highs, each low below its high");
    }
  }

  private static SenseRange sense(String name, FeatureConfig.SenseValues values) {
    List<Double> low = values.low().orElse(List.of(0.0));
    List<Double> high = values.high().orElse(List.of(1.0));
    try {
      return new SenseRange(array(low), array(high));
    } catch (IllegalArgumentException e) {
      String given = name + ".low=" + low + ", high=" + high;
      throw new StartMistake(
          PREFIX
              + "senses."
              + given
              + ": must be as many lows as highs, 1..256, each low below its high");
    }
  }

  /** What the installation's file says of a sense; it is said in one place. */
  private void installed(String name, Installation.SensePart sense) {
    if (senses.containsKey(name)) {
      throw new StartMistake(
          PREFIX
              + "senses."
              + name
              + ": must be left out, as the installation's file has senses."
              + name);
    }
    senses.put(name, new SenseRange(array(sense.low()), array(sense.high())));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static FeatureSettings.Gate gate(String key, double open, double close, double holdMs) {
    double least = within(key + "close-dbfs", close, -100, 0);
    return new FeatureSettings.Gate(within(key + "open-dbfs", open, close, 0), least, holdMs);
  }

  private static FeatureSettings.Tuning tuning(String key, double a4Hz, double onsetThresholdDb) {
    return new FeatureSettings.Tuning(
        within(key + "a4-hz", a4Hz, 380, 480),
        within(key + "onset-threshold-db", onsetThresholdDb, 1, 40));
  }

  private static FeatureSettings.Detectors detectors(String key, String pitch, String onsets) {
    return new FeatureSettings.Detectors(
        choice(key + "pitch", pitch, PitchDetector.Method.values()),
        choice(key + "onsets", onsets, AttackDetector.Method.values()));
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

  private static int powerOfTwo(String key, int value, int least, int most) {
    if (value < least || value > most || Integer.bitCount(value) != 1) {
      throw new StartMistake(
          PREFIX + key + "=" + value + ": must be a power of two, " + least + ".." + most);
    }
    return value;
  }

  private static double within(String key, double value, double least, double most) {
    return StartMistake.within(PREFIX + key, value, least, most);
  }

  private static int within(String key, int value, int least, int most) {
    return StartMistake.within(PREFIX + key, value, least, most);
  }
}
