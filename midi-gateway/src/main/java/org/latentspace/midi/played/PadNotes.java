package org.latentspace.midi.played;

import java.util.HashMap;
import java.util.Map;

/**
 * Which voice a drummer's pad is: by default General MIDI's percussion on nine voices, with the
 * keys that electronic kits have beside it.
 */
public final class PadNotes {
  private static final Map<String, int[]> USUAL =
      Map.of(
          "kick", new int[] {35, 36},
          "snare", new int[] {37, 38, 40},
          "closed-hat", new int[] {22, 42, 44, 54},
          "open-hat", new int[] {26, 46},
          "low-tom", new int[] {41, 43, 45, 58},
          "mid-tom", new int[] {47, 48},
          "high-tom", new int[] {50},
          "clap", new int[] {39, 49, 52, 55, 57},
          "ride", new int[] {51, 53, 56, 59});

  private final Map<Integer, String> voices = new HashMap<>();

  /**
   * @param own notes 0..127 and the voices that they are; empty: the usual ones
   */
  public PadNotes(Map<Integer, String> own) {
    voices.putAll(own);
    if (own.isEmpty()) {
      USUAL.forEach(
          (voice, notes) -> {
            for (int note : notes) {
              voices.put(note, voice);
            }
          });
    }
  }

  /** The voice of a note, or null: it is none. */
  public String voice(int note) {
    return voices.get(note);
  }
}
