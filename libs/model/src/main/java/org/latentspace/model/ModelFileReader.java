package org.latentspace.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a model file's strings (version, grid, voices, latent range, thresholds, layers), and its
 * two networks: every layer must fit the one before it.
 */
final class ModelFileReader {
  private static final int MAX_LAYERS = 16;
  private static final int MAX_VOICES = 24;
  private static final int MIN_LATENT = 2;
  private static final int MAX_LATENT = 32;
  private static final float FARTHEST = 1000;

  private final StrictJson json;
  private final Safetensors file;
  private final Map<String, String> metadata;
  // Bounds the memory: a hostile file could have one large tensor read by a hundred layers.
  private final Set<String> taken = new HashSet<>();
  private int latentSize;
  private int cells;

  ModelFileReader(String name, Safetensors file) {
    this.json = new StrictJson(name);
    this.file = file;
    this.metadata = file.metadata();
  }

  RhythmModelFile read() throws ModelFault {
    String format = entry("format");
    if (!format.equals(RhythmModelFile.FORMAT)) {
      throw json.fault(
          "format is " + StrictJson.shown(format) + ", must be " + RhythmModelFile.FORMAT);
    }
    String version = entry("version");
    if (!RhythmModelFile.VERSION.matcher(version).matches()) {
      throw json.fault(
          "version is "
              + StrictJson.shown(version)
              + ", must be "
              + RhythmModelFile.VERSION.pattern());
    }
    Grid grid = grid();
    List<String> voices = voices();
    int count = voices.size();
    JsonNode thresholds = json.array("thresholds", entry("thresholds"), count, count);
    LatentRange latent = latent();
    latentSize = latent.size();
    cells = grid.steps() * count;
    JsonNode layers = json.object("layers", entry("layers"));
    RhythmNetworks networks =
        new RhythmNetworks(encoding(layers.path("encoder")), decoding(layers.path("decoder")));
    return new RhythmModelFile(
        version,
        grid,
        voices,
        latent,
        json.numbers("thresholds", thresholds, 0, 1),
        networks,
        metadata);
  }

  private String entry(String name) throws ModelFault {
    String value = metadata.get(name);
    if (value == null) {
      throw json.fault(name + " is missing from the metadata");
    }
    return value;
  }

  private Grid grid() throws ModelFault {
    JsonNode grid = json.object("grid", entry("grid"));
    int bars = (int) json.whole("grid bars", grid.get("bars"), 1, 8);
    int beats = (int) json.whole("grid beats_per_bar", grid.get("beats_per_bar"), 1, 12);
    int unit = (int) json.whole("grid beat_unit", grid.get("beat_unit"), 4, 8);
    int steps = (int) json.whole("grid steps_per_beat", grid.get("steps_per_beat"), 4, 24);
    try {
      return new Grid(bars, beats, unit, steps);
    } catch (IllegalArgumentException e) {
      throw json.fault("grid " + e.getMessage());
    }
  }

  private List<String> voices() throws ModelFault {
    List<String> voices = new ArrayList<>();
    for (JsonNode entry : json.array("voices", entry("voices"), 1, MAX_VOICES)) {
      String voice = json.text("voices[" + voices.size() + "]", entry);
      if (!RhythmModelFile.VOICE.matcher(voice).matches()) {
        throw json.fault(
            "voice " + StrictJson.shown(voice) + " must be " + RhythmModelFile.VOICE.pattern());
      }
      if (voices.contains(voice)) {
        throw json.fault("voice " + voice + " is named twice");
      }
      voices.add(voice);
    }
    return List.copyOf(voices);
  }

  private LatentRange latent() throws ModelFault {
    JsonNode latent = json.object("latent", entry("latent"));
    JsonNode sizeNode = latent.get("size");
    int size = (int) json.whole("latent size", sizeNode, MIN_LATENT, MAX_LATENT);
    float[] low = bounds("latent low", latent.get("low"), size);
    float[] high = bounds("latent high", latent.get("high"), size);
    for (int d = 0; d < size; d++) {
      if (!(low[d] < high[d])) {
        throw json.fault(
            "latent low[" + d + "] is " + low[d] + ", must be below high, which is " + high[d]);
      }
    }
    return new LatentRange(low, high);
  }

  private float[] bounds(String where, JsonNode node, int size) throws ModelFault {
    return json.numbers(where, json.array(where, node, size, size), -FARTHEST, FARTHEST);
  }

  private RhythmNetworks.EncoderLayers encoding(JsonNode node) throws ModelFault {
    List<DenseLayer> onset = chain("encoder onset", node.get("onset"), cells);
    List<DenseLayer> velocity = chain("encoder velocity", node.get("velocity"), cells);
    List<DenseLayer> offset = chain("encoder offset", node.get("offset"), cells);
    int merged = width(onset) + width(velocity) + width(offset);
    List<DenseLayer> trunk = chain("encoder trunk", node.get("trunk"), merged);
    List<DenseLayer> mean = chain("encoder mean", node.get("mean"), width(trunk));
    List<DenseLayer> variance =
        chain("encoder log_variance", node.get("log_variance"), width(trunk));
    requireWidth("encoder mean", mean, latentSize);
    requireWidth("encoder log_variance", variance, latentSize);
    return new RhythmNetworks.EncoderLayers(onset, velocity, offset, trunk, mean, variance);
  }

  private RhythmNetworks.DecoderLayers decoding(JsonNode node) throws ModelFault {
    List<DenseLayer> trunk = chain("decoder trunk", node.get("trunk"), latentSize);
    return new RhythmNetworks.DecoderLayers(
        trunk,
        head("decoder onset", node.get("onset"), width(trunk), ActivationFunction.SIGMOID),
        head("decoder velocity", node.get("velocity"), width(trunk), ActivationFunction.SIGMOID),
        head("decoder offset", node.get("offset"), width(trunk), ActivationFunction.TANH));
  }

  private List<DenseLayer> head(String where, JsonNode node, int in, ActivationFunction last)
      throws ModelFault {
    List<DenseLayer> chain = chain(where, node, in);
    requireWidth(where, chain, cells);
    ActivationFunction found = chain.get(chain.size() - 1).activation();
    if (found != last) {
      throw json.fault(where + " ends in " + found.word() + ", must end in " + last.word());
    }
    return chain;
  }

  private void requireWidth(String where, List<DenseLayer> chain, int width) throws ModelFault {
    if (width(chain) != width) {
      throw json.fault(where + " ends in " + width(chain) + " values, must end in " + width);
    }
  }

  private static int width(List<DenseLayer> chain) {
    return chain.get(chain.size() - 1).out();
  }

  private List<DenseLayer> chain(String where, JsonNode node, int in) throws ModelFault {
    List<DenseLayer> chain = new ArrayList<>();
    int width = in;
    for (JsonNode entry : json.array("layers of " + where, node, 1, MAX_LAYERS)) {
      DenseLayer layer = layer(where + " " + chain.size(), entry, width);
      chain.add(layer);
      width = layer.out();
    }
    return List.copyOf(chain);
  }

  private DenseLayer layer(String where, JsonNode node, int in) throws ModelFault {
    String weight = json.text(where + " weight", node.get("weight"));
    String bias = json.text(where + " bias", node.get("bias"));
    if (!taken.add(weight) || !taken.add(bias)) {
      throw json.fault(where + " names a tensor that has been named before");
    }
    int[] weightShape = file.shape(weight);
    int[] biasShape = file.shape(bias);
    if (weightShape.length != 2 || weightShape[0] != in) {
      throw json.fault(
          where + " takes " + shown(weightShape) + " values (in, out), must take in = " + in);
    }
    int out = weightShape[1];
    if (biasShape.length != 1 || biasShape[0] != out) {
      throw json.fault(where + " has biases " + shown(biasShape) + ", must have [" + out + "]");
    }
    String word = json.text(where + " activation", node.get("activation"));
    ActivationFunction activation = ActivationFunction.named(word);
    if (activation == null) {
      throw json.fault(where + " activation is " + StrictJson.shown(word) + ", which is unknown");
    }
    float slope = 0;
    if (activation == ActivationFunction.LEAKY_RELU) {
      slope = json.number(where + " slope", node.get("slope"), 0, 1);
    }
    return DenseLayer.of(file.values(weight), file.values(bias), activation, slope);
  }

  private static String shown(int[] shape) {
    return shape.length == 1 ? "[" + shape[0] + "]" : "[" + shape[0] + ", " + shape[1] + "]";
  }
}
