package org.latentspace.explorer.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.heard.Names;
import org.latentspace.explorer.heard.Scale;
import org.latentspace.explorer.heard.Spread;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.Meaning;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;

/**
 * A performer's pairs as JSON, with every field and the scaling that made the inputs.
 *
 * @param scale null: not known
 */
public record PairsJson(List<Pair> pairs, Scale scale) {
  private static final Set<String> KEYS = new TreeSet<>(List.of("pairs", "scale"));
  private static final Set<String> PAIR_KEYS =
      new TreeSet<>(
          List.of(
              "pair",
              "taught_at",
              "input",
              "raw_input",
              "scaling",
              "senses",
              "output",
              "target",
              "outputs",
              "motion",
              "frames",
              "spread",
              "raw_deviation"));
  private static final List<String> OUTPUTS = List.of("x", "y", "noise", "z-ramp");
  private static final int MOST_POSITION = 32;
  private static final int MOST_FURTHER = 28;
  private static final String SENSE = "[A-Za-z0-9_-]{1,64}(\\.[0-9]{1,3})?";

  public JsonNode write() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (scale != null) {
      node.set("scale", ScaleJson.write(scale));
    }
    ArrayNode list = node.putArray("pairs");
    pairs.forEach(pair -> list.add(write(pair)));
    return node;
  }

  private static ObjectNode write(Pair pair) {
    Gesture input = pair.input();
    Meaning meaning = pair.meaning();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("pair", pair.name());
    node.put("taught_at", Instant.ofEpochMilli(pair.taughtMillis()).toString());
    node.set("input", JsonFields.write(input.vector()));
    node.set("raw_input", JsonFields.write(input.raw()));
    node.put("scaling", input.scaling());
    node.set("senses", JsonFields.write(input.senses()));
    node.set("output", JsonFields.write(meaning.output()));
    node.set("target", JsonFields.write(meaning.target()));
    node.set("outputs", JsonFields.write(meaning.outputs()));
    node.put("motion", meaning.motion() == Motion.MOVEMENT ? "movement" : "position");
    node.put("frames", input.frames());
    if (input.spread().isKnown()) {
      node.set("spread", JsonFields.write(input.spread().covariance()));
      node.set("raw_deviation", JsonFields.write(input.spread().rawDeviation()));
    }
    return node;
  }

  /**
   * Reads what {@link #write()} has written, for a performer.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static PairsJson read(String performer, JsonNode node, String where) {
    JsonFields.object(node, where, KEYS);
    JsonNode list = JsonFields.list(node.get("pairs"), where + ".pairs", PairBook.MOST_PAIRS);
    List<Pair> pairs = new ArrayList<>(list.size());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String here = where + ".pairs[" + i + "]";
      Pair pair = pair(performer, list.get(i), here);
      JsonFields.require(
          names.add(pair.name()), here + ".pair", list.get(i).get("pair"), "a name of its own");
      pairs.add(pair);
    }
    JsonNode scale = node.get("scale");
    return new PairsJson(pairs, scale == null ? null : ScaleJson.read(scale, where + ".scale"));
  }

  private static Pair pair(String performer, JsonNode node, String where) {
    JsonFields.object(node, where, PAIR_KEYS);
    String name = JsonFields.name(node.get("pair"), where + ".pair");
    long taught = millis(node.get("taught_at"), where + ".taught_at");
    return new Pair(performer, name, taught, gesture(node, where), meaning(node, where));
  }

  private static long millis(JsonNode node, String where) {
    String text = JsonFields.text(node, where);
    try {
      long millis = Instant.parse(text).toEpochMilli();
      JsonFields.require(millis >= 0, where, node, "1970 or later");
      return millis;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(where + " is no time such as 2026-01-31T12:00:00.000Z", e);
    }
  }

  private static Gesture gesture(JsonNode node, String where) {
    List<String> senses =
        JsonFields.texts(node.get("senses"), where + ".senses", Frame.MOST_ENTRIES);
    boolean right =
        senses.size() >= Frame.FEATURES
            && senses.subList(0, Frame.FEATURES).equals(Frame.FEATURE_NAMES)
            && senses.stream().distinct().count() == senses.size()
            && senses.stream().allMatch(sense -> sense.matches(SENSE));
    JsonFields.require(
        right,
        where + ".senses",
        node.get("senses"),
        "the ten features, then names of other senses, none twice");
    float[] vector = JsonFields.parts(node.get("input"), where + ".input", Frame.MOST_ENTRIES);
    float[] raw =
        JsonFields.floats(node.get("raw_input"), where + ".raw_input", Frame.MOST_ENTRIES);
    sameSize(vector.length, senses.size(), where + ".input", "senses");
    sameSize(raw.length, senses.size(), where + ".raw_input", "senses");
    return new Gesture(
        vector,
        raw,
        JsonFields.name(node.get("scaling"), where + ".scaling"),
        senses,
        JsonFields.integer(node.get("frames"), where + ".frames", 1, Integer.MAX_VALUE),
        spread(node, senses.size(), where));
  }

  /** What may be left out: earlier documents do not have it. */
  private static Spread spread(JsonNode node, int size, String where) {
    if (!node.has("spread")) {
      return Spread.UNKNOWN;
    }
    int entries = Spread.entries(size);
    float[] covariance = JsonFields.floats(node.get("spread"), where + ".spread", entries);
    for (int i = 0; i < covariance.length; i++) {
      JsonFields.number(node.get("spread").get(i), where + ".spread[" + i + "]", -1, 1);
    }
    String raw = where + ".raw_deviation";
    float[] rawDeviation =
        node.has("raw_deviation")
            ? JsonFields.floats(node.get("raw_deviation"), raw, size)
            : new float[0];
    boolean right = covariance.length == 0 || covariance.length == entries;
    JsonFields.require(right, where + ".spread", node.get("spread"), "a list of " + entries);
    if (rawDeviation.length > 0) {
      sameSize(rawDeviation.length, size, raw, "senses");
    }
    return new Spread(covariance, rawDeviation);
  }

  private static Meaning meaning(JsonNode node, String where) {
    float[] output = JsonFields.floats(node.get("output"), where + ".output", MOST_POSITION + 2);
    int position = output.length - 2;
    JsonFields.require(position >= 2, where + ".output", node.get("output"), "4 or more");
    for (int i = 0; i < output.length; i++) {
      float most = i < position ? 1 : i == position ? Place.MOST_NOISE : Place.MOST_RAMP_MS;
      JsonFields.number(node.get("output").get(i), where + ".output[" + i + "]", 0, most);
    }
    float[] target =
        JsonFields.parts(node.get("target"), where + ".target", MOST_POSITION + 2 + MOST_FURTHER);
    List<String> outputs =
        JsonFields.texts(node.get("outputs"), where + ".outputs", MOST_POSITION + 2 + MOST_FURTHER);
    JsonFields.require(
        outputs.size() >= OUTPUTS.size()
            && outputs.subList(0, OUTPUTS.size()).equals(OUTPUTS)
            && outputs.stream().distinct().count() == outputs.size()
            && outputs.stream().allMatch(Names::isName),
        where + ".outputs",
        node.get("outputs"),
        "x, y, noise, z-ramp, then other names, none twice");
    sameSize(target.length, outputs.size(), where + ".target", "outputs");
    JsonFields.require(
        outputs.size() >= output.length, where + ".outputs", node.get("outputs"), "as output says");
    return new Meaning(output, target, outputs, motion(node.get("motion"), where + ".motion"));
  }

  private static Motion motion(JsonNode node, String where) {
    String text = JsonFields.text(node, where);
    JsonFields.require(
        text.equals("position") || text.equals("movement"), where, node, "position or movement");
    return text.equals("movement") ? Motion.MOVEMENT : Motion.POSITION;
  }

  private static void sameSize(int size, int as, String where, String other) {
    if (size != as) {
      throw new IllegalArgumentException(
          where + " has " + size + " entries: must be " + as + " like " + other);
    }
  }
}
