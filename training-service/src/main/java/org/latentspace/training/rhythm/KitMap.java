package org.latentspace.training.rhythm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.latentspace.model.RhythmModelFile;

/**
 * Which key of a kit strikes which voice, and which key plays a voice back.
 *
 * <p>A kit is an editable text: one line a voice, `name = key key ...`; the first key is the one
 * that is played, all of them are heard. Lines starting with # are remarks.
 *
 * @param played by voice, the key that plays it
 * @param heard key 0..127 → the voice that it strikes
 */
public record KitMap(List<String> voices, List<Integer> played, Map<Integer, Integer> heard) {
  public KitMap {
    voices = List.copyOf(voices);
    played = List.copyOf(played);
    heard = Map.copyOf(heard);
  }

  /** Throws IllegalArgumentException, naming the line, for a text that is not a kit. */
  public static KitMap parse(String text) {
    List<String> voices = new ArrayList<>();
    List<Integer> played = new ArrayList<>();
    Map<Integer, Integer> heard = new HashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1 || line.substring(equals + 1).isBlank()) {
        throw new IllegalArgumentException("'" + line + "' is not 'voice = key key ...'");
      }
      for (String word : line.substring(equals + 1).strip().split("\\s+", -1)) {
        int key = key(word, line);
        if (heard.putIfAbsent(key, voices.size()) != null) {
          throw new IllegalArgumentException("key " + key + " is mapped twice, again in: " + line);
        }
        if (played.size() == voices.size()) {
          played.add(key);
        }
      }
      voices.add(name(line.substring(0, equals).strip(), voices, line));
    }
    if (voices.isEmpty() || voices.size() > 24) {
      throw new IllegalArgumentException("a kit has 1 to 24 voices, not " + voices.size());
    }
    return new KitMap(voices, played, heard);
  }

  private static int key(String word, String line) {
    try {
      int key = Integer.parseInt(word);
      if (key >= 0 && key <= 127) {
        return key;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the one message for every bad key.
    }
    throw new IllegalArgumentException("'" + word + "' is not a key 0..127, in: " + line);
  }

  private static String name(String name, List<String> before, String line) {
    if (!RhythmModelFile.VOICE.matcher(name).matches() || before.contains(name)) {
      throw new IllegalArgumentException(
          "a voice's name is "
              + RhythmModelFile.VOICE.pattern()
              + " and is given once, not: "
              + line);
    }
    return name;
  }

  /** The key that plays a voice. */
  public int keyOf(int voice) {
    return played.get(voice);
  }

  /** The voice that a key strikes; empty where this kit does not have the key. */
  public OptionalInt voiceOf(int key) {
    Integer voice = heard.get(key);
    return voice == null ? OptionalInt.empty() : OptionalInt.of(voice);
  }

  /** With the keys that another kit has and this one has not, as its voices of the same names. */
  public KitMap and(KitMap other) {
    Map<Integer, Integer> all = new HashMap<>(heard);
    other.heard.forEach(
        (key, voice) ->
            voiceNamed(other.voices.get(voice)).ifPresent(own -> all.putIfAbsent(key, own)));
    return new KitMap(voices, played, all);
  }

  /** The voice of a name; empty where this kit does not have it. */
  public OptionalInt voiceNamed(String name) {
    int voice = voices.indexOf(name);
    return voice < 0 ? OptionalInt.empty() : OptionalInt.of(voice);
  }
}
