package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.latentspace.installation.Installation.PadPart;

/** Reads the pads of an installation's file. */
final class PadReader {
  private static final int MOST_PADS = 64;
  private static final int MOST_NOTES = 128;
  private static final int LAST_NOTE = 127;
  private static final double MOST_LATENCY_MS = 500;
  private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final List<String> KEYS =
      List.of("midi-in", "performer", "ensemble", "channel", "latency-ms", "notes");

  private final List<String> mistakes;
  private final Predicate<String> isPerformer;
  private final String rightPerformer;
  private final List<String> ensembles;

  /**
   * @param ensembles those that there are; empty: one, without a name here
   */
  PadReader(
      List<String> mistakes,
      Predicate<String> isPerformer,
      String rightPerformer,
      List<String> ensembles) {
    this.mistakes = mistakes;
    this.isPerformer = isPerformer;
    this.rightPerformer = rightPerformer;
    this.ensembles = ensembles;
  }

  List<PadPart> read(SectionReader file) {
    List<PadPart> all = new ArrayList<>();
    JsonNode list = file.at("pads");
    if (file.has("pads")
        && file.require(
            list.isArray() && list.size() <= MOST_PADS,
            "pads",
            list,
            "a list of at most " + MOST_PADS)) {
      for (int i = 0; i < list.size(); i++) {
        all.add(part(new SectionReader(mistakes, "pads[" + i + "]", list.get(i), KEYS)));
      }
    }
    return all;
  }

  private PadPart part(SectionReader keys) {
    return new PadPart(
        keys.text("midi-in", text -> !text.isBlank(), "part of a MIDI input's name"),
        keys.text("performer", isPerformer, rightPerformer),
        keys.has("ensemble") ? keys.text("ensemble", ensembles::contains, rightEnsemble()) : "",
        keys.whole("channel", 1, 16, 0),
        keys.number("latency-ms", 0, MOST_LATENCY_MS).orElse(0),
        notes(keys));
  }

  private String rightEnsemble() {
    return ensembles.isEmpty()
        ? "left out, as no ensemble is named"
        : "one of " + String.join(", ", ensembles);
  }

  private static Map<Integer, String> notes(SectionReader keys) {
    Map<Integer, String> notes = new HashMap<>();
    JsonNode map = keys.at("notes");
    if (keys.has("notes")
        && keys.require(
            map.isObject() && map.size() > 0 && map.size() <= MOST_NOTES,
            keys.path("notes"),
            map,
            "notes 0..127 and their voices")) {
      for (Iterator<Map.Entry<String, JsonNode>> all = map.fields(); all.hasNext(); ) {
        Map.Entry<String, JsonNode> each = all.next();
        String note = each.getKey();
        boolean right = note.matches("[0-9]{1,3}") && Integer.parseInt(note) <= LAST_NOTE;
        String place = keys.path("notes") + "." + note;
        if (keys.require(right, place, each.getValue(), "at a note 0..127")
            && keys.require(
                VOICE.matcher(each.getValue().asText()).matches(),
                place,
                each.getValue(),
                "a voice: 1..64 characters of [A-Za-z0-9_-]")) {
          notes.put(Integer.parseInt(note), each.getValue().asText());
        }
      }
    }
    return notes;
  }
}
