package org.latentspace.training.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads a network as FluCoMa's MLPRegressor keeps it: {@code layers[] {activation,
 * biases, cols, rows, weights[in][out]}}, rows being inputs and cols outputs.
 *
 * <p>Numbers are written as the double that a float is, so that a reader of either kind has the
 * same value.
 */
public final class FlucomaText {
  /** Longer texts are not read. */
  public static final int MOST_CHARACTERS = 1 << 20;

  private static final int MOST_UNITS = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private FlucomaText() {}

  public static String write(MappingNetwork network) {
    StringBuilder text = new StringBuilder("{\"layers\":[");
    for (int i = 0; i < network.layers().size(); i++) {
      MappingLayer layer = network.layers().get(i);
      text.append(i == 0 ? "\n" : ",\n");
      text.append("{\"activation\":").append(layer.curve().number()).append(",\"biases\":");
      row(layer.biases(), text);
      text.append(",\"cols\":").append(layer.outputs());
      text.append(",\"rows\":").append(layer.inputs()).append(",\"weights\":[");
      for (int in = 0; in < layer.inputs(); in++) {
        text.append(in == 0 ? "\n" : ",\n");
        row(layer.weights()[in], text);
      }
      text.append("]}");
    }
    return text.append("]}\n").toString();
  }

  private static void row(float[] values, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",").append((double) values[i]);
    }
    text.append(']');
  }

  /** Throws IllegalArgumentException for a text that is no network. */
  public static MappingNetwork read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("is longer than " + MOST_CHARACTERS + " characters");
    }
    JsonNode list;
    try {
      list = JSON.readTree(text).path("layers");
    } catch (IOException broken) {
      throw new IllegalArgumentException("is no JSON", broken);
    }
    List<MappingLayer> layers = new ArrayList<>();
    for (JsonNode node : list) {
      MappingLayer layer = layer(node);
      if (!layers.isEmpty() && layers.get(layers.size() - 1).outputs() != layer.inputs()) {
        throw new IllegalArgumentException("has layers that do not fit each other");
      }
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("has no layers");
    }
    return new MappingNetwork(layers);
  }

  private static MappingLayer layer(JsonNode node) {
    int rows = node.path("rows").asInt();
    int cols = node.path("cols").asInt();
    int curve = node.path("activation").asInt(-1);
    JsonNode weights = node.path("weights");
    boolean right = rows >= 1 && rows <= MOST_UNITS && cols >= 1 && cols <= MOST_UNITS;
    if (!right || curve < 0 || curve >= Curve.values().length || weights.size() != rows) {
      throw new IllegalArgumentException("has a layer of no known shape");
    }
    float[][] matrix = new float[rows][];
    for (int in = 0; in < rows; in++) {
      matrix[in] = numbers(weights.get(in), cols);
    }
    return new MappingLayer(Curve.values()[curve], matrix, numbers(node.path("biases"), cols));
  }

  private static float[] numbers(JsonNode node, int size) {
    if (node.size() != size) {
      throw new IllegalArgumentException("has " + node.size() + " numbers in place of " + size);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = node.get(i).floatValue();
      if (!node.get(i).isNumber() || !Float.isFinite(values[i])) {
        throw new IllegalArgumentException("has a value that is no finite number");
      }
    }
    return values;
  }
}
