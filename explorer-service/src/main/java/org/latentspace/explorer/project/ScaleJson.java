package org.latentspace.explorer.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Scale;

/** A scaling as JSON: name, senses, low, high, out_low, out_high. */
public final class ScaleJson {
  private static final Set<String> KEYS =
      new TreeSet<>(List.of("name", "senses", "low", "high", "out_low", "out_high"));

  private ScaleJson() {}

  public static ObjectNode write(Scale scale) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", scale.name());
    node.set("senses", JsonFields.write(scale.senses()));
    node.set("low", JsonFields.write(scale.low()));
    node.set("high", JsonFields.write(scale.high()));
    return node.put("out_low", scale.outLow()).put("out_high", scale.outHigh());
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static Scale read(JsonNode node, String where) {
    JsonFields.object(node, where, KEYS);
    List<String> senses =
        JsonFields.texts(node.get("senses"), where + ".senses", Frame.MOST_ENTRIES);
    JsonFields.require(
        senses.size() >= Frame.FEATURES, where + ".senses", node.get("senses"), "10 or more");
    double[] low = numbers(node.get("low"), where + ".low", senses.size());
    double[] high = numbers(node.get("high"), where + ".high", senses.size());
    for (int i = 0; i < low.length; i++) {
      if (low[i] >= high[i]) {
        throw new IllegalArgumentException(
            where + ".low[" + i + "] is " + low[i] + ": must be below high, " + high[i]);
      }
    }
    double outLow = JsonFields.number(node.get("out_low"), where + ".out_low", 0, 1);
    double outHigh = JsonFields.number(node.get("out_high"), where + ".out_high", outLow, 1);
    JsonFields.require(
        outLow < outHigh, where + ".out_high", node.get("out_high"), "above out_low");
    return new Scale(
        JsonFields.name(node.get("name"), where + ".name"), senses, low, high, outLow, outHigh);
  }

  private static double[] numbers(JsonNode node, String where, int size) {
    JsonFields.list(node, where, size);
    JsonFields.require(node.size() == size, where, node, "a list of " + size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          JsonFields.number(
              node.get(i),
              where + "[" + i + "]",
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY);
    }
    return values;
  }
}
