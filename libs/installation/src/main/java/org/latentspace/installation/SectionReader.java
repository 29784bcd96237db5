package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys and values of one place in the file. What is wrong is noted, all of it, and something
 * harmless is read in its place.
 */
final class SectionReader {
  private final List<String> mistakes;
  private final String where;
  private final JsonNode node;

  /**
   * @param where the place, such as "robots.kick-1"; empty: the file
   * @param known the keys that there may be
   */
  SectionReader(List<String> mistakes, String where, JsonNode node, List<String> known) {
    this(mistakes, where, node);
    // A name with nothing below it is one that has no keys.
    boolean right = node.isObject() || node.isNull();
    if (require(right, where.isEmpty() ? "the file" : where, node, "keys and values")) {
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!known.contains(name)) {
          mistakes.add(path(name) + ": no such key: must be one of " + String.join(", ", known));
        }
      }
    }
  }

  private SectionReader(List<String> mistakes, String where, JsonNode node) {
    this.mistakes = mistakes;
    this.where = where;
    this.node = node;
  }

  /** The place of a key. */
  String path(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  /** Whether there is anything at the key. */
  boolean has(String key) {
    return !isNothing(node.path(key));
  }

  /** Whether the key is there, with or without a value. */
  boolean names(String key) {
    return node.has(key);
  }

  JsonNode at(String key) {
    return node.path(key);
  }

  static boolean isNothing(JsonNode node) {
    return node == null || node.isMissingNode() || node.isNull();
  }

  SectionReader section(String key, List<String> known) {
    return new SectionReader(mistakes, path(key), at(key), known);
  }

  /** What lies below a key by names of the user's own, at most so many. */
  List<String> named(String key, int most, Predicate<String> rule, String right) {
    List<String> names = new ArrayList<>();
    if (has(key)
        && require(
            at(key).isObject() && at(key).size() <= most,
            path(key),
            at(key),
            "keys and values, at most " + most)) {
      for (Iterator<String> all = at(key).fieldNames(); all.hasNext(); ) {
        String name = all.next();
        if (rule.test(name) || wrong(path(key), '"' + name + '"', right)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  String text(String key) {
    JsonNode value = node.get(key);
    boolean is = value != null && value.isValueNode() && !value.isNull();
    return require(is, path(key), value, "set") ? value.asText() : "";
  }

  /** A text that keeps a rule; empty where it does not. */
  String text(String key, Predicate<String> rule, String right) {
    int before = mistakes.size();
    String text = text(key);
    boolean holds = mistakes.size() > before || require(rule.test(text), path(key), at(key), right);
    return holds ? text : "";
  }

  /** One of these; the first where it is not there. */
  String choice(String key, List<String> choices) {
    return has(key)
        ? text(key, choices::contains, "one of " + String.join(", ", choices))
        : choices.get(0);
  }

  boolean flag(String key) {
    return has(key)
        && require(at(key).isBoolean(), path(key), at(key), "true or false")
        && at(key).booleanValue();
  }

  int whole(String key, int least, int most) {
    return whole(path(key), node.get(key), least, most);
  }

  int whole(String key, int least, int most, int otherwise) {
    return has(key) ? whole(key, least, most) : otherwise;
  }

  int whole(String place, JsonNode value, int least, int most) {
    boolean is = value != null && value.isIntegralNumber() && value.canConvertToInt();
    boolean right =
        require(
            is && value.intValue() >= least && value.intValue() <= most,
            place,
            value,
            least + ".." + most);
    return right ? value.intValue() : least;
  }

  OptionalDouble number(String key, double least, double most) {
    return has(key)
        ? OptionalDouble.of(number(path(key), at(key), least, most))
        : OptionalDouble.empty();
  }

  double number(String place, JsonNode value, double least, double most) {
    boolean right =
        require(
            value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
            place,
            value,
            plain(least) + ".." + plain(most));
    return right ? value.doubleValue() : least;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Texts that keep a rule, none twice; none where the key is not there. */
  List<String> texts(String key, int most, Predicate<String> rule, String right) {
    Set<String> texts = new LinkedHashSet<>();
    JsonNode list = at(key);
    if (has(key)
        && require(
            list.isArray() && list.size() <= most, path(key), list, "a list of at most " + most)) {
      for (int i = 0; i < list.size(); i++) {
        String place = path(key) + "[" + i + "]";
        String text = list.get(i).isValueNode() ? list.get(i).asText() : "";
        if (require(rule.test(text), place, list.get(i), right)) {
          require(texts.add(text), place, list.get(i), "there once");
        }
      }
    }
    return List.copyOf(texts);
  }

  /** Notes what is wrong unless it is right; returns whether it is. */
  boolean require(boolean right, String place, JsonNode value, String wanted) {
    boolean missing = value == null || value.isMissingNode();
    return right || wrong(place, missing ? null : value.toString(), wanted);
  }

  private boolean wrong(String place, String value, String wanted) {
    mistakes.add(place + (value == null ? " is missing" : "=" + value) + ": must be " + wanted);
    return false;
  }
}
