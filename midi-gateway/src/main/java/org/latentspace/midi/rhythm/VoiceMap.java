package org.latentspace.midi.rhythm;

import java.util.HashMap;
import java.util.Map;

/** Which MIDI channel and note a voice is struck on; by default General MIDI's percussion. */
public final class VoiceMap {
  /** General MIDI's percussion channel, counted from 0. */
  public static final int PERCUSSION_CHANNEL = 9;

  /**
   * Where a voice is struck.
   *
   * @param channel 0..15
   * @param note 0..127
   */
  public record Key(int channel, int note) {}

  private static final Map<String, Integer> GENERAL_MIDI =
      Map.ofEntries(
          Map.entry("kick", 36),
          Map.entry("rim", 37),
          Map.entry("snare", 38),
          Map.entry("clap", 39),
          Map.entry("closed-hat", 42),
          Map.entry("low-tom", 45),
          Map.entry("open-hat", 46),
          Map.entry("mid-tom", 47),
          Map.entry("crash", 49),
          Map.entry("high-tom", 50),
          Map.entry("ride", 51));

  private final Map<String, Key> keys = new HashMap<>();

  /** General MIDI, with the given voices in place of or beside its own. */
  public VoiceMap(Map<String, Key> own) {
    GENERAL_MIDI.forEach((voice, note) -> keys.put(voice, new Key(PERCUSSION_CHANNEL, note)));
    keys.putAll(own);
  }

  /** General MIDI's key of a voice, or null. */
  public static Key generalMidi(String voice) {
    Integer note = GENERAL_MIDI.get(voice);
    return note == null ? null : new Key(PERCUSSION_CHANNEL, note);
  }

  /** All keys, by voice. */
  public Map<String, Key> keys() {
    return Map.copyOf(keys);
  }

  /** The key of a voice, or null for a voice that nothing strikes. */
  public Key key(String voice) {
    return keys.get(voice);
  }
}
