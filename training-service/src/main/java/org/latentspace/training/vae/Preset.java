package org.latentspace.training.vae;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Sets of hyper-parameters that are known to go well together. */
public enum Preset {
  /** What the built-in model is trained with: small, with a map in order. */
  SIX_ROBOTS(2, values(new int[] {128, 192, 2, 256, 256}, 250, 2e-3)),
  /** The published network (RhythmVAE, Tokui 2020) with the plain prior. */
  RHYTHM_VAE(1, values(new int[] {512, 512, 2, 1024, 512}, 150, 1e-3)),
  /**
   * For thousands of windows of one kit: a surface of two dimensions, velocity and timing heard.
   */
  GROOVE_2(1, values(new int[] {512, 512, 2, 1024, 512}, 40, 2e-3)),
  /** For thousands of windows of one kit: rhythms come back nearly note for note. */
  GROOVE_32(1, values(new int[] {384, 384, 32, 768, 512}, 25, 2e-3));

  static {
    GROOVE_2.set(Knob.BATCH, 256).set(Knob.BETA, 0.3);
    GROOVE_2.set(Knob.VELOCITY_WEIGHT, 4).set(Knob.OFFSET_WEIGHT, 4);
    GROOVE_32.set(Knob.BATCH, 128).set(Knob.BETA, 0.2);
    GROOVE_32.set(Knob.VELOCITY_WEIGHT, 6).set(Knob.OFFSET_WEIGHT, 10).set(Knob.OFFSET_EDGE, 0.2);
    SIX_ROBOTS.set(Knob.VELOCITY_WEIGHT, 8).set(Knob.OFFSET_WEIGHT, 2);
    SIX_ROBOTS.set(Knob.GUIDE, 0.88).set(Knob.AUGMENT, 1);
  }

  private final Map<Knob, Double> values;
  private final long seed;

  Preset(long seed, Map<Knob, Double> values) {
    this.seed = seed;
    this.values = values;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Throws IllegalArgumentException, saying which there are, for another name. */
  public static Preset named(String label) {
    return Arrays.stream(values())
        .filter(p -> p.label().equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "preset "
                        + label
                        + " is not one of "
                        + Arrays.stream(values()).map(Preset::label).toList()));
  }

  HyperParameters hyper() {
    return new HyperParameters(values, seed);
  }

  private Preset set(Knob knob, double value) {
    values.put(knob, value);
    return this;
  }

  private static Map<Knob, Double> values(int[] layers, int epochs, double learningRate) {
    Map<Knob, Double> values = new EnumMap<>(Knob.class);
    for (Knob each : Knob.values()) {
      values.put(each, 0.0);
    }
    values.put(Knob.ENCODER_BRANCH, (double) layers[0]);
    values.put(Knob.ENCODER_TRUNK, (double) layers[1]);
    values.put(Knob.LATENT_SIZE, (double) layers[2]);
    values.put(Knob.DECODER_TRUNK, (double) layers[3]);
    values.put(Knob.DECODER_BRANCH, (double) layers[4]);
    values.put(Knob.EPOCHS, (double) epochs);
    values.put(Knob.LEARNING_RATE, learningRate);
    values.put(Knob.BATCH, 64.0);
    values.put(Knob.VELOCITY_WEIGHT, 1.0);
    values.put(Knob.OFFSET_WEIGHT, 1.0);
    values.put(Knob.BETA, 1.0);
    values.put(Knob.REPEAT, 4.0);
    values.put(Knob.VALIDATION_SHARE, 0.125);
    values.put(Knob.MIN_ONSETS, 1.0);
    return values;
  }
}
