package org.latentspace.training.vae;

import static org.latentspace.training.vae.HyperParameter.*;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that decides what a training makes of the same data: a value for each hyper-parameter,
 * and the seed.
 */
public record HyperParameters(Map<HyperParameter, Double> values, long seed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Neurons of a branch of the encoder, its trunk, the latent space, the decoder likewise. */
  public record Layers(
      int encoderBranch, int encoderTrunk, int latent, int decoderTrunk, int decoderBranch) {}

  /** Factors of the parts of the loss, and where an offset's error stops to count squared. */
  public record Weights(double velocity, double offset, double beta, double offsetEdge) {}

  public HyperParameters {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    values.forEach(HyperParameter::checked);
  }

  /**
   * The values of a preset by its name; throws IllegalArgumentException with the names there are.
   */
  public static HyperParameters preset(String name) {
    return Arrays.stream(Preset.values())
        .filter(preset -> preset.label().equals(name))
        .map(preset -> preset.hyper)
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "preset "
                        + name
                        + " is not one of "
                        + Arrays.stream(Preset.values()).map(Preset::label).toList()));
  }

  /** Throws IllegalArgumentException for a value outside the range of the hyper-parameter. */
  public HyperParameters with(HyperParameter parameter, double value) {
    EnumMap<HyperParameter, Double> changed = new EnumMap<>(values);
    changed.put(parameter, value);
    return new HyperParameters(changed, seed);
  }

  public HyperParameters withSeed(long other) {
    return new HyperParameters(values, other);
  }

  public HyperParameters with(Layers layers) {
    return with(ENCODER_BRANCH, layers.encoderBranch())
        .with(ENCODER_TRUNK, layers.encoderTrunk())
        .with(LATENT_SIZE, layers.latent())
        .with(DECODER_TRUNK, layers.decoderTrunk())
        .with(DECODER_BRANCH, layers.decoderBranch());
  }

  public double get(HyperParameter parameter) {
    return values.get(parameter);
  }

  /** The value of a hyper-parameter that takes whole numbers. */
  public int whole(HyperParameter parameter) {
    return (int) Math.rint(get(parameter));
  }

  public int epochs() {
    return whole(EPOCHS);
  }

  public int batch() {
    return whole(BATCH);
  }

  public Layers layers() {
    return new Layers(
        whole(ENCODER_BRANCH),
        whole(ENCODER_TRUNK),
        whole(LATENT_SIZE),
        whole(DECODER_TRUNK),
        whole(DECODER_BRANCH));
  }

  public Weights weights() {
    return new Weights(get(VELOCITY_WEIGHT), get(OFFSET_WEIGHT), get(BETA), get(OFFSET_EDGE));
  }

  /** One flat JSON object: the hyper-parameters by their labels, then the seed. */
  @JsonValue
  private Map<String, Number> labelled() {
    Map<String, Number> labelled = new LinkedHashMap<>();
    values.forEach(
        (parameter, value) ->
            labelled.put(
                parameter.label(), parameter.isWhole() ? (Number) whole(parameter) : value));
    labelled.put("seed", seed);
    return labelled;
  }

  public String json() {
    return JSON.valueToTree(this).toString();
  }

  /**
   * Reads what json() wrote; one that is not named there has the value of preset rhythm-vae. Throws
   * IllegalArgumentException for an unknown one, a value out of range or no JSON at all.
   */
  public static HyperParameters read(String json) {
    try {
      return read(JSON.readTree(json));
    } catch (IOException broken) {
      throw new IllegalArgumentException("not JSON: " + broken.getMessage(), broken);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static HyperParameters read(JsonNode node) {
    HyperParameters hyper = preset("rhythm-vae").withSeed(node.path("seed").asLong(1));
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!"seed".equals(each.getKey())) {
        hyper =
            hyper.with(HyperParameter.named(each.getKey()), each.getValue().asDouble(Double.NaN));
      }
    }
    return hyper;
  }

  /** Sets of hyper-parameters that are known to go well together. */
  enum Preset {
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
        Map.of(
            BATCH, 128.0, BETA, 0.2, VELOCITY_WEIGHT, 6.0, OFFSET_WEIGHT, 10.0, OFFSET_EDGE, 0.2));

    private final HyperParameters hyper;

    Preset(long seed, Map<HyperParameter, Double> usual, Map<HyperParameter, Double> own) {
      usual.putAll(own);
      hyper = new HyperParameters(usual, seed);
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<HyperParameter, Double> values(
        int[] layers, int epochs, double learningRate) {
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
}
