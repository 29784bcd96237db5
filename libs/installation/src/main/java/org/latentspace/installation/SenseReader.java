package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.installation.Installation.SensePart;
import org.latentspace.performer.Name;

/** Reads the section of senses. */
final class SenseReader {
  private static final int MOST = 64;
  private static final int MOST_ENTRIES = 256;
  private static final double FARTHEST = 1e12;
  private static final double NARROWEST = 1e-30;

  private SenseReader() {}

  /**
   * Senses by their names.
   *
   * @param section the part below senses
   */
  static Map<String, SensePart> senses(SectionReader file, SectionReader section) {
    Map<String, SensePart> senses = new LinkedHashMap<>();
    for (String name : file.named("senses", MOST, Name::isValid, Name.RULE)) {
      senses.put(name, sense(section.section(name, List.of("low", "high"))));
    }
    return senses;
  }

  private static SensePart sense(SectionReader keys) {
    List<Double> low = numbers(keys, "low", 0);
    List<Double> high = numbers(keys, "high", 1);
    boolean asMany = low.size() == high.size();
    boolean above = asMany;
    for (int i = 0; i < low.size() && above; i++) {
      above = high.get(i) - low.get(i) >= NARROWEST;
    }
    keys.require(
        above,
        keys.path("high"),
        keys.has("high") ? keys.at("high") : null,
        "as many as low, each above its low");
    return new SensePart(low, high);
  }

  /** A number, or a list of numbers. */
  private static List<Double> numbers(SectionReader keys, String key, double otherwise) {
    if (!keys.has(key)) {
      return List.of(otherwise);
    }
    JsonNode value = keys.at(key);
    if (!value.isArray()) {
      return List.of(keys.number(keys.path(key), value, -FARTHEST, FARTHEST));
    }
    List<Double> numbers = new ArrayList<>();
    if (keys.require(
        !value.isEmpty() && value.size() <= MOST_ENTRIES,
        keys.path(key),
        value,
        "a number, or a list of 1.." + MOST_ENTRIES)) {
      for (int i = 0; i < value.size(); i++) {
        String place = keys.path(key) + "[" + i + "]";
        numbers.add(keys.number(place, value.get(i), -FARTHEST, FARTHEST));
      }
    }
    return List.copyOf(numbers);
  }
}
