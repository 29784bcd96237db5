package org.latentspace.training.vae;

import static org.latentspace.training.vae.HyperParameter.*;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Sets of hyper-parameters that are known to go well together. */
public enum Preset {
  /** What the built-in model is trained with: small, with a map in order. */
  SIX_ROBOTS(
      2,
      values(new int[] {128, 192, 2, 256, 256}, 250, 2e-3),
      Map.of(VELOCITY_WEIGHT, 8.0, OFFSET_WEIGHT, 2.0, GUIDE, 0.88, AUGMENT, 1.0)),
  /** The published network (RhythmVAE, Tokui 2020) with the plain prior. */
  RHYTHM_VAE(1, values(new int[] {512, 512, 2, 1024, 512}, 150, 1e-3), Map.of()),
  /**
   * For thousands of windows of one kit: a surface of two dimensions, velocity and timing heard.
   */
  GROOVE_2(
      1,
      values(new int[] {512, 512, 2, 1024, 512}, 40, 2e-3),
      Map.of(BATCH, 256.0, BETA, 0.3, VELOCITY_WEIGHT, 4.0, OFFSET_WEIGHT, 4.0)),
  /** For thousands of windows of one kit: rhythms come back nearly note for note. */
  GROOVE_32(
      1,
      values(new int[] {384, 384, 32, 768, 512}, 25, 2e-3),
      Map.of(BATCH, 128.0, BETA, 0.2, VELOCITY_WEIGHT, 6.0, OFFSET_WEIGHT, 10.0, OFFSET_EDGE, 0.2));

  private final HyperParameters hyper;

  Preset(long seed, Map<HyperParameter, Double> usual, Map<HyperParameter, Double> own) {
    usual.putAll(own);
    hyper = new HyperParameters(usual, seed);
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
    return hyper;
  }

  private static Map<HyperParameter, Double> values(int[] layers, int epochs, double learningRate) {
    Map<HyperParameter, Double> values = new EnumMap<>(HyperParameter.class);
    for (HyperParameter each : HyperParameter.values()) {
      values.put(each, 0.0);
    }
    values.putAll(
        Map.of(
            ENCODER_BRANCH, (double) layers[0],
            ENCODER_TRUNK, (double) layers[1],
            LATENT_SIZE, (double) layers[2],
            DECODER_TRUNK, (double) layers[3],
            DECODER_BRANCH, (double) layers[4],
            EPOCHS, (double) epochs,
            LEARNING_RATE, learningRate));
    values.putAll(Map.of(BATCH, 64.0, VELOCITY_WEIGHT, 1.0, OFFSET_WEIGHT, 1.0, BETA, 1.0));
    values.putAll(Map.of(REPEAT, 4.0, VALIDATION_SHARE, 0.125, MIN_ONSETS, 1.0));
    return values;
  }
}
