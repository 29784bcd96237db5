package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.latentspace.explorer.feature.RecentFrames;
import org.latentspace.explorer.teaching.Pedal;
import org.latentspace.performer.Name;
import org.latentspace.wire.StartMistake;

/**
 * Reads installation.yaml. What is wrong in it ends the start with one line: file, key, value, what
 * would be right.
 */
final class InstallationFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_PEDALS = 256;
  private static final int MOST_MIDI = 127;
  private static final int MOST_CHANNEL = 16;
  private static final int MEAN_MS = 500;
  private static final List<String> SECTIONS = List.of("teaching");
  private static final List<String> PEDAL_KEYS =
      List.of("performer", "midi-in", "on", "does", "mean-ms");
  private static final List<String> ON_KEYS = List.of("note", "controller", "channel");
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;

  private InstallationFile(Path file) {
    this.file = file.toString();
  }

  /** The pedals of a file that is there. */
  static List<Pedal> pedals(Path path) {
    return new InstallationFile(path).read(path);
  }

  private List<Pedal> read(Path path) {
    JsonNode root;
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new StartMistake(file + ": must have at most " + MOST_BYTES + " bytes");
      }
      root = YAML.readTree(Files.readString(path));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
      throw new StartMistake(
          file + where + ": is no YAML: " + e.getOriginalMessage().replaceAll("\\s+", " "));
    } catch (IOException e) {
      throw new StartMistake(file + ": cannot be read: " + e);
    }
    if (isNothing(root)) {
      return List.of();
    }
    keys(root, "", SECTIONS);
    JsonNode section = root.path("teaching");
    if (isNothing(section)) {
      return List.of();
    }
    require(
        section.isArray() && section.size() <= MOST_PEDALS,
        "teaching",
        section,
        "a list of at most " + MOST_PEDALS);
    List<Pedal> pedals = new ArrayList<>();
    for (int i = 0; i < section.size(); i++) {
      pedals.add(pedal(section.get(i), "teaching[" + i + "]"));
    }
    return pedals;
  }

  private static boolean isNothing(JsonNode node) {
    return node == null || node.isMissingNode() || node.isNull();
  }

  private Pedal pedal(JsonNode node, String where) {
    keys(node, where, PEDAL_KEYS);
    String performer = text(node, where, "performer");
    require(Name.isValid(performer), where + ".performer", node.get("performer"), Name.RULE);
    String midiIn = text(node, where, "midi-in");
    require(
        !midiIn.isBlank(), where + ".midi-in", node.get("midi-in"), "part of a MIDI input's name");
    JsonNode on = node.path("on");
    keys(on, where + ".on", ON_KEYS);
    require(
        on.has("note") != on.has("controller"),
        where + ".on",
        on,
        "{note: 0..127} or {controller: 0..127}, channel: 1..16 beside it if not any");
    boolean note = on.has("note");
    Pedal.Deed deed = deed(node, where);
    if (node.has("mean-ms") && deed != Pedal.Deed.ADD) {
      throw wrong(where + ".mean-ms", node.get("mean-ms"), "only where does is add");
    }
    return new Pedal(
        performer,
        midiIn,
        note,
        number(on, where + ".on", note ? "note" : "controller", new Range(0, MOST_MIDI)),
        on.has("channel") ? number(on, where + ".on", "channel", new Range(1, MOST_CHANNEL)) : 0,
        deed,
        node.has("mean-ms")
            ? number(node, where, "mean-ms", new Range(0, RecentFrames.MOST_MS))
            : MEAN_MS);
  }

  private Pedal.Deed deed(JsonNode node, String where) {
    String does = text(node, where, "does");
    List<String> names =
        Arrays.stream(Pedal.Deed.values())
            .map(deed -> deed.name().toLowerCase(Locale.ROOT))
            .toList();
    require(
        names.contains(does),
        where + ".does",
        node.get("does"),
        "one of " + String.join(", ", names));
    return Pedal.Deed.values()[names.indexOf(does)];
  }

  private void keys(JsonNode node, String where, List<String> known) {
    require(node.isObject(), where.isEmpty() ? "the file" : where, node, "keys and values");
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        String key = where.isEmpty() ? name : where + "." + name;
        throw new StartMistake(
            file + ": " + key + ": no such key: must be one of " + String.join(", ", known));
      }
    }
  }

  private String text(JsonNode node, String where, String key) {
    JsonNode value = node.get(key);
    require(
        value != null && value.isValueNode() && !value.isNull(), where + "." + key, value, "set");
    return value.asText();
  }

  private record Range(int least, int most) {}

  private int number(JsonNode node, String where, String key, Range range) {
    JsonNode value = node.get(key);
    boolean whole = value != null && value.isIntegralNumber() && value.canConvertToInt();
    require(
        whole && value.intValue() >= range.least && value.intValue() <= range.most,
        where + "." + key,
        value,
        range.least + ".." + range.most);
    return value.intValue();
  }

  private void require(boolean right, String where, JsonNode value, String wanted) {
    if (!right) {
      throw wrong(where, value, wanted);
    }
  }

  private StartMistake wrong(String where, JsonNode value, String wanted) {
    String given = value == null || value.isMissingNode() ? " is missing" : "=" + value;
    return new StartMistake(file + ": " + where + given + ": must be " + wanted);
  }
}
