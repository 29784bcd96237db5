package org.latentspace.training.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One fit, as it is handed to the worker.
 *
 * @param pairs 1 or more: the first rows are theirs, and what is said of losses and errors is of
 *     them
 * @param inputs a row for each pair, then any that are drawn about them and count in learning alone
 * @param targets as many rows, each value 0..1
 * @param epochs 1 or more
 * @param from the network to go on from, of the same shape; null: begin anew
 */
public record FitOrder(
    int pairs,
    float[][] inputs,
    float[][] targets,
    List<Integer> hidden,
    Curve curve,
    int epochs,
    double learningRate,
    long seed,
    MappingNetwork from) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public FitOrder {
    hidden = List.copyOf(hidden);
  }

  /** The pairs alone. */
  public FitOrder(
      float[][] inputs,
      float[][] targets,
      List<Integer> hidden,
      Curve curve,
      int epochs,
      double learningRate,
      long seed,
      MappingNetwork from) {
    this(inputs.length, inputs, targets, hidden, curve, epochs, learningRate, seed, from);
  }

  /** The rows of the pairs. */
  float[][] pairInputs() {
    return Arrays.copyOf(inputs, pairs);
  }

  float[][] pairTargets() {
    return Arrays.copyOf(targets, pairs);
  }

  public ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("pairs", pairs);
    node.put("inputs", bytes(inputs)).put("targets", bytes(targets));
    node.set("hidden", JSON.valueToTree(hidden));
    node.put("curve", curve.name()).put("epochs", epochs);
    node.put("learning_rate", learningRate).put("seed", seed);
    return node.put("from", from == null ? null : FlucomaText.write(from));
  }

  public static FitOrder read(JsonNode node) {
    List<Integer> hidden = new ArrayList<>();
    node.path("hidden").forEach(units -> hidden.add(units.asInt()));
    return new FitOrder(
        node.path("pairs").asInt(),
        rows(node.path("inputs")),
        rows(node.path("targets")),
        hidden,
        Curve.valueOf(node.path("curve").asText()),
        node.path("epochs").asInt(),
        node.path("learning_rate").asDouble(),
        node.path("seed").asLong(),
        node.hasNonNull("from") ? FlucomaText.read(node.get("from").asText()) : null);
  }

  /** The number of columns, then row by row: a million numbers as JSON would fill the worker. */
  private static byte[] bytes(float[][] rows) {
    int columns = rows[0].length;
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Float.BYTES * rows.length * columns);
    bytes.putInt(columns);
    for (float[] row : rows) {
      bytes.asFloatBuffer().put(row);
      bytes.position(bytes.position() + Float.BYTES * columns);
    }
    return bytes.array();
  }

  private static float[][] rows(JsonNode node) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(node.binaryValue());
      int columns = bytes.getInt();
      FloatBuffer values = bytes.asFloatBuffer();
      float[][] rows = new float[values.remaining() / columns][columns];
      for (float[] row : rows) {
        values.get(row);
      }
      return rows;
    } catch (IOException noBytes) {
      throw new UncheckedIOException(noBytes);
    }
  }
}
