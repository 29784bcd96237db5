package org.latentspace.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the JSON of one model file strictly; every complaint names the file and the place. */
final class StrictJson {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int SHOWN = 60;

  private final String file;

  StrictJson(String file) {
    this.file = file;
  }

  ModelFault fault(String what) {
    return new ModelFault(file, what);
  }

  /** An object; {@code where} says in words which one it is. */
  JsonNode object(String where, String text) throws ModelFault {
    JsonNode node = parse(where, text);
    if (!node.isObject()) {
      throw fault(where + " is not a JSON object");
    }
    return node;
  }

  /** An array of min..max entries. */
  JsonNode array(String where, String text, int min, int max) throws ModelFault {
    return array(where, parse(where, text), min, max);
  }

  JsonNode array(String where, JsonNode node, int min, int max) throws ModelFault {
    if (node == null || !node.isArray()) {
      throw fault(where + " is not a JSON array");
    }
    if (node.size() < min || node.size() > max) {
      throw fault(where + " has " + node.size() + " entries, must have " + min + ".." + max);
    }
    return node;
  }

  /** A whole number of at most 53 bits, min..max. */
  long whole(String where, JsonNode node, long min, long max) throws ModelFault {
    if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw fault(where + " is " + shown(node) + ", must be a whole number");
    }
    long value = node.longValue();
    if (value < min || value > max) {
      throw fault(where + " is " + value + ", must be " + min + ".." + max);
    }
    return value;
  }

  /** Finite numbers, all of them min..max. */
  float[] numbers(String where, JsonNode array, float min, float max) throws ModelFault {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(where + "[" + i + "]", array.get(i), min, max);
    }
    return values;
  }

  float number(String where, JsonNode node, float min, float max) throws ModelFault {
    if (node == null || !node.isNumber()) {
      throw fault(where + " is " + shown(node) + ", must be a number");
    }
    float value = node.floatValue();
    if (!(value >= min && value <= max)) {
      throw fault(where + " is " + node.asText() + ", must be " + min + ".." + max);
    }
    return value;
  }

  String text(String where, JsonNode node) throws ModelFault {
    if (node == null || !node.isTextual()) {
      throw fault(where + " is " + shown(node) + ", must be a string");
    }
    return node.textValue();
  }

  private JsonNode parse(String where, String text) throws ModelFault {
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw fault(where + " is not sound JSON: " + e.getOriginalMessage());
    }
  }

  /** A value as it may stand in a message: never longer than a line. */
  static String shown(JsonNode node) {
    return node == null ? "missing" : shown(node.toString());
  }

  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
