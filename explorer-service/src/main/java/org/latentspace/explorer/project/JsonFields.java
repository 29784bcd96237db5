package org.latentspace.explorer.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.latentspace.explorer.heard.Names;

/**
 * Reads JSON, and says of a value that is wrong where it is and what would be right; writes floats
 * so that they are read back exactly. Everything throws {@link IllegalArgumentException} with one
 * line.
 */
public final class JsonFields {
  private static final int LONGEST_SHOWN = 40;

  private JsonFields() {}

  /** An object with no other keys than these. */
  public static JsonNode object(JsonNode node, String where, Set<String> keys) {
    require(node != null && node.isObject(), where, node, "an object");
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        throw new IllegalArgumentException(
            where + " has the key " + shortened(name) + ": must be of " + String.join(", ", keys));
      }
    }
    return node;
  }

  /** A list of at most so many. */
  public static JsonNode list(JsonNode node, String where, int most) {
    require(
        node != null && node.isArray() && node.size() <= most,
        where,
        node,
        "a list of at most " + most);
    return node;
  }

  public static String text(JsonNode node, String where) {
    require(node != null && node.isTextual(), where, node, "a text");
    return node.textValue();
  }

  /** A text of 1..64 characters of [A-Za-z0-9_-]. */
  public static String name(JsonNode node, String where) {
    require(
        node != null && node.isTextual() && Names.isName(node.textValue()),
        where,
        node,
        Names.RIGHT);
    return node.textValue();
  }

  /** A finite number in a range. */
  public static double number(JsonNode node, String where, double least, double most) {
    boolean number = node != null && node.isNumber();
    double value = number ? node.doubleValue() : Double.NaN;
    boolean bounded = !Double.isInfinite(least) || !Double.isInfinite(most);
    require(
        value >= least && value <= most && !Double.isInfinite(value),
        where,
        node,
        bounded ? plain(least) + ".." + plain(most) : "a finite number");
    return value;
  }

  /** A whole number in a range. */
  public static int integer(JsonNode node, String where, int least, int most) {
    boolean whole = node != null && node.isIntegralNumber() && node.canConvertToInt();
    require(
        whole && node.intValue() >= least && node.intValue() <= most,
        where,
        node,
        "a whole number " + least + ".." + most);
    return node.intValue();
  }

  /** A list of finite floats. */
  public static float[] floats(JsonNode node, String where, int most) {
    list(node, where, most);
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) number(node.get(i), where + "[" + i + "]", -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return values;
  }

  /** The same, each 0..1. */
  public static float[] parts(JsonNode node, String where, int most) {
    list(node, where, most);
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) number(node.get(i), where + "[" + i + "]", 0, 1);
    }
    return values;
  }

  public static List<String> texts(JsonNode node, String where, int most) {
    list(node, where, most);
    List<String> values = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      values.add(text(node.get(i), where + "[" + i + "]"));
    }
    return values;
  }

  /** Floats as the shortest decimals that are read back exactly. */
  public static ArrayNode write(float[] values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(values.length);
    for (float value : values) {
      list.add(exact(value));
    }
    return list;
  }

  public static ArrayNode write(double[] values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(values.length);
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  public static ArrayNode write(List<String> values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(values.size());
    values.forEach(list::add);
    return list;
  }

  private static double exact(float value) {
    double decimal = Double.parseDouble(Float.toString(value));
    return (float) decimal == value ? decimal : value;
  }

  public static void require(boolean right, String where, JsonNode node, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(where + " " + shown(node) + ": must be " + wanted);
    }
  }

  private static String shown(JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "is missing";
    }
    return node.isContainerNode()
        ? "is " + (node.isArray() ? "a list" : "an object") + " of " + node.size()
        : "is " + shortened(node.toString());
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }
}
