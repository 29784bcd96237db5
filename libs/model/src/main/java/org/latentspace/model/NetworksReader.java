package org.latentspace.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the two networks of a model file and checks that every layer fits the one before it. */
final class NetworksReader {
  private static final int MAX_LAYERS = 16;

  private final StrictJson json;
  private final Safetensors file;
  private final int latent;
  private final int cells;
  // Bounds the memory: a hostile file could have one large tensor read by a hundred layers.
  private final Set<String> taken = new HashSet<>();

  /** A network between so many latent dimensions and so many cells of a pattern. */
  NetworksReader(String name, Safetensors file, int latent, int cells) {
    this.json = new StrictJson(name);
    this.file = file;
    this.latent = latent;
    this.cells = cells;
  }

  RhythmNetworks read() throws ModelFault {
    String text = file.metadata().get("layers");
    if (text == null) {
      throw json.fault("layers is missing from the metadata");
    }
    JsonNode layers = json.object("layers", text);
    return new RhythmNetworks(encoding(layers.path("encoder")), decoding(layers.path("decoder")));
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
    requireWidth("encoder mean", mean, latent);
    requireWidth("encoder log_variance", variance, latent);
    return new RhythmNetworks.EncoderLayers(onset, velocity, offset, trunk, mean, variance);
  }

  private RhythmNetworks.DecoderLayers decoding(JsonNode node) throws ModelFault {
    List<DenseLayer> trunk = chain("decoder trunk", node.get("trunk"), latent);
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
