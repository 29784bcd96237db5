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
    GROOVE_2.set(HyperParameter.BATCH, 256).set(HyperParameter.BETA, 0.3);
    GROOVE_2.set(HyperParameter.VELOCITY_WEIGHT, 4).set(HyperParameter.OFFSET_WEIGHT, 4);
    GROOVE_32.set(HyperParameter.BATCH, 128).set(HyperParameter.BETA, 0.2);
    GROOVE_32
        .set(HyperParameter.VELOCITY_WEIGHT, 6)
        .set(HyperParameter.OFFSET_WEIGHT, 10)
        .set(HyperParameter.OFFSET_EDGE, 0.2);
    SIX_ROBOTS.set(HyperParameter.VELOCITY_WEIGHT, 8).set(HyperParameter.OFFSET_WEIGHT, 2);
    SIX_ROBOTS.set(HyperParameter.GUIDE, 0.88).set(HyperParameter.AUGMENT, 1);
  }

  private final Map<HyperParameter, Double> values;
  private final long seed;

  Preset(long seed, Map<HyperParameter, Double> values) {
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

  private Preset set(HyperParameter parameter, double value) {
    values.put(parameter, value);
    return this;
  }

  private static Map<HyperParameter, Double> values(int[] layers, int epochs, double learningRate) {
    Map<HyperParameter, Double> values = new EnumMap<>(HyperParameter.class);
    for (HyperParameter each : HyperParameter.values()) {
      values.put(each, 0.0);
    }
    values.put(HyperParameter.ENCODER_BRANCH, (double) layers[0]);
    values.put(HyperParameter.ENCODER_TRUNK, (double) layers[1]);
    values.put(HyperParameter.LATENT_SIZE, (double) layers[2]);
    values.put(HyperParameter.DECODER_TRUNK, (double) layers[3]);
    values.put(HyperParameter.DECODER_BRANCH, (double) layers[4]);
    values.put(HyperParameter.EPOCHS, (double) epochs);
    values.put(HyperParameter.LEARNING_RATE, learningRate);
    values.put(HyperParameter.BATCH, 64.0);
    values.put(HyperParameter.VELOCITY_WEIGHT, 1.0);
    values.put(HyperParameter.OFFSET_WEIGHT, 1.0);
    values.put(HyperParameter.BETA, 1.0);
    values.put(HyperParameter.REPEAT, 4.0);
    values.put(HyperParameter.VALIDATION_SHARE, 0.125);
    values.put(HyperParameter.MIN_ONSETS, 1.0);
    return values;
  }
}
