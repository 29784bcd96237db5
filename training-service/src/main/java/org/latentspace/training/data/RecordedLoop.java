package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/**
 * A loop as it was played, voices by name.
 *
 * @param bpm quarter notes a minute
 */
public record RecordedLoop(Grid grid, double bpm, List<String> voices, List<Stroke> strokes) {
  private static final int MOST_VOICES = 24;
  // A stroke on the line between two cells stays in its own.
  private static final double FARTHEST_OFFSET = 0.9999;
  private static final float SOFTEST = 1 / 127f;

  /** A cell's stroke: velocity 0..1, offset -1..1 in half steps. */
  public record Stroke(int step, int voice, float velocity, float offset) {}

  /** Throws IllegalArgumentException for a loop that cannot have been played. */
  public RecordedLoop {
    voices = List.copyOf(voices);
    strokes = List.copyOf(strokes);
    boolean named = voices.stream().allMatch(v -> !v.isBlank() && v.length() <= 64);
    boolean once = new HashSet<>(voices).size() == voices.size();
    if (voices.isEmpty() || voices.size() > MOST_VOICES || !named || !once) {
      throw new IllegalArgumentException("voices must be 1 to 24 different names, not " + voices);
    }
    if (!(bpm >= 1 && bpm <= 1000)) {
      throw new IllegalArgumentException("bpm is " + bpm + ", must be 1..1000");
    }
    if (strokes.isEmpty() || strokes.size() > grid.steps() * voices.size()) {
      throw new IllegalArgumentException("it has " + strokes.size() + " strokes");
    }
    for (Stroke stroke : strokes) {
      if (stroke.step() < 0
          || stroke.step() >= grid.steps()
          || stroke.voice() < 0
          || stroke.voice() >= voices.size()
          || !(stroke.velocity() >= 0 && stroke.velocity() <= 1)
          || !(Math.abs(stroke.offset()) <= 1)) {
        throw new IllegalArgumentException("a stroke out of range: " + stroke);
      }
    }
  }

  /**
   * The loop as a piece. Each voice gets the key that the kit plays a voice of that name with, or
   * the lowest free key; its name is kept, so that any kit with a voice of that name knows it.
   */
  public Song song(String name, KitMap kit) {
    List<Integer> keys = keys(kit);
    Map<Integer, String> names = new TreeMap<>();
    for (int voice = 0; voice < keys.size(); voice++) {
      names.put(keys.get(voice), voices.get(voice));
    }
    List<Note> notes = new ArrayList<>();
    for (Stroke stroke : strokes) {
      double offset = Math.max(-FARTHEST_OFFSET, Math.min(FARTHEST_OFFSET, stroke.offset()));
      double quarter = (stroke.step() + 0.5 * offset) / grid.stepsPerQuarter();
      float velocity = Math.max(SOFTEST, stroke.velocity());
      notes.add(new Note(quarter, keys.get(stroke.voice()), velocity));
    }
    notes.sort(Comparator.comparingDouble(Note::quarter).thenComparingInt(Note::key));
    Song.Metre metre = new Song.Metre(0, grid.beatsPerBar(), grid.beatUnit());
    return new Song(
        name,
        grid.bars() * metre.barQuarters(),
        List.of(new Song.Tempo(0, bpm)),
        List.of(metre),
        notes,
        names);
  }

  private List<Integer> keys(KitMap kit) {
    Set<Integer> taken = new HashSet<>();
    List<Integer> keys = new ArrayList<>();
    for (String voice : voices) {
      OptionalInt named = kit.voiceNamed(voice);
      int key = named.isPresent() ? kit.keyOf(named.getAsInt()) : 0;
      while (named.isEmpty() && (taken.contains(key) || kit.voiceOf(key).isPresent())) {
        key++;
      }
      taken.add(key);
      keys.add(key);
    }
    return keys;
  }
}
