package org.latentspace.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one reader and writer of a mapping's network in the JSON of FluCoMa's MLPRegressor, which
 * Latent Space Explorer saves too: {@code layers[] {activation, biases, cols, rows,
 * weights[in][out]}}.
 *
 * <p>As in flucoma-core's FluidJSON.hpp: rows are the inputs of a layer, cols its outputs,
 * activation is 0 identity, 1 sigmoid, 2 ReLU, 3 tanh. Other keys are let pass. A Max dictionary
 * may hold a list of one as the bare number; that is read too.
 */
public final class FlucomaJson {
  /** Longer texts are refused. */
  public static final int MOST_BYTES = 1 << 20;

  private static final int MOST_LAYERS = 16;
  private static final int MOST_UNITS = 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private FlucomaJson() {}

  /**
   * Reads a network.
   *
   * @throws ModelFault with one line that says what is wrong, e.g. {@code layers[1]: rows is 4, but
   *     layers[0] has 3 cols}
   */
  public static MappingNetwork read(String text) throws ModelFault {
    if (text.length() > MOST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new ModelFault("longer than " + MOST_BYTES + " bytes (1 MB)");
    }
    JsonNode list = parse(text).get("layers");
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw new ModelFault(
          "has no layers: a FluCoMa MLP has \"layers\": [{activation, biases, cols, rows,"
              + " weights}, ...]");
    }
    require(list.size() <= MOST_LAYERS, "layers", "are " + list.size(), "1.." + MOST_LAYERS);
    List<MappingLayer> layers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      MappingLayer layer = layer(list.get(i), "layers[" + i + "]");
      if (i > 0 && layers.get(i - 1).outputs() != layer.inputs()) {
        throw new ModelFault(
            String.format(
                Locale.ROOT,
                "layers[%d]: rows is %d, but layers[%d] has %d cols",
                i,
                layer.inputs(),
                i - 1,
                layers.get(i - 1).outputs()));
      }
      layers.add(layer);
    }
    return new MappingNetwork(layers);
  }

  /** Writes a network so that {@link #read} gives the same numbers back, bit for bit. */
  public static String write(MappingNetwork network) {
    StringBuilder text = new StringBuilder("{\n  \"layers\": [\n");
    for (int i = 0; i < network.layers().size(); i++) {
      MappingLayer layer = network.layers().get(i);
      text.append(i == 0 ? "" : ",\n").append("    {\n      \"activation\": ");
      text.append(layer.activation().number()).append(",\n      \"biases\": ");
      row(layer.biases(), text);
      text.append(",\n      \"cols\": ").append(layer.outputs());
      text.append(",\n      \"rows\": ").append(layer.inputs());
      text.append(",\n      \"weights\": [\n");
      for (int in = 0; in < layer.inputs(); in++) {
        text.append(in == 0 ? "" : ",\n").append("        ");
        row(layer.weights()[in], text);
      }
      text.append("\n      ]\n    }");
    }
    return text.append("\n  ]\n}\n").toString();
  }

  private static void row(double[] values, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(values[i]);
    }
    text.append(']');
  }

  private static JsonNode parse(String text) throws ModelFault {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        throw new ModelFault("is no JSON object with \"layers\"");
      }
      return root;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
      throw new ModelFault("is no JSON: " + e.getOriginalMessage().replaceAll("\\s+", " ") + where);
    }
  }

  private static MappingLayer layer(JsonNode node, String name) throws ModelFault {
    require(node.isObject(), name, "is " + kind(node), "{activation, biases, cols, rows, weights}");
    int inputs = whole(node, name, "rows", MOST_UNITS, 1);
    int outputs = whole(node, name, "cols", MOST_UNITS, 1);
    int activation = whole(node, name, "activation", ActivationFunction.MOST_NUMBER, 0);
    double[] biases = numbers(node.get("biases"), name + ".biases", outputs, "cols");
    JsonNode rows = node.get("weights");
    int given = rows == null ? 0 : rows.isArray() ? rows.size() : 1;
    require(
        given == inputs && (rows.isArray() || inputs == 1),
        name + ".weights",
        "has " + given + " rows",
        "rows = " + inputs);
    double[][] weights = new double[inputs][];
    for (int i = 0; i < inputs; i++) {
      JsonNode row = rows.isArray() ? rows.get(i) : rows;
      weights[i] = numbers(row, name + ".weights[" + i + "]", outputs, "cols");
    }
    return new MappingLayer(ActivationFunction.numbered(activation), weights, biases);
  }

  private static int whole(JsonNode layer, String name, String key, int most, int least)
      throws ModelFault {
    JsonNode node = layer.get(key);
    boolean right =
        node != null
            && node.isNumber()
            && node.doubleValue() == Math.rint(node.doubleValue())
            && node.doubleValue() >= least
            && node.doubleValue() <= most;
    require(right, name + "." + key, "is " + kind(node), least + ".." + most);
    return node.intValue();
  }

  private static double[] numbers(JsonNode node, String name, int size, String sizeName)
      throws ModelFault {
    int given = node == null ? 0 : node.isArray() ? node.size() : 1;
    require(given == size, name, "has " + given + " numbers", sizeName + " = " + size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      JsonNode value = node.isArray() ? node.get(i) : node;
      boolean right = value.isNumber() && Math.abs(value.doubleValue()) <= Float.MAX_VALUE;
      require(right, name + "[" + i + "]", "is " + kind(value), "a finite number (of 32 bits)");
      values[i] = value.doubleValue();
    }
    return values;
  }

  private static String kind(JsonNode node) {
    if (node == null) {
      return "missing";
    }
    String text = node.isContainerNode() ? "no number" : node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  private static void require(boolean right, String name, String wrong, String would)
      throws ModelFault {
    if (!right) {
      throw new ModelFault(name + " " + wrong + ", must be " + would);
    }
  }
}
