package org.latentspace.training.data.inlet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.latentspace.model.Grid;
import org.latentspace.proto.FollowingBars;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Rhythm;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Metre;
import org.latentspace.training.rhythm.Song.Note;
import org.latentspace.training.rhythm.Song.Tempo;

/**
 * Bars as they were played, as a piece. Each voice gets the key that the kit plays a voice of that
 * name with, or the lowest free key; its name is kept, so that any kit with a voice of that name
 * knows it.
 */
public final class PlayedSong {
  private static final int MOST_VOICES = 24;
  private static final int MOST_FOLLOWING = 63;
  private static final int KEYS = 128;
  // A stroke on the line between two cells stays in its own.
  private static final double FARTHEST_OFFSET = 0.9999;
  private static final float SOFTEST = 1 / 127f;

  private final KitMap kit;
  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Tempo> tempi = new ArrayList<>();
  private Metre metre;
  private double quarters;

  private PlayedSong(KitMap kit) {
    this.kit = kit;
  }

  /** Throws IllegalArgumentException for what cannot have been played. */
  static Song of(String name, RecordedRhythm played, KitMap kit) {
    if (played.getFollowingCount() > MOST_FOLLOWING) {
      throw new IllegalArgumentException(played.getFollowingCount() + " bars follow, at most 63");
    }
    PlayedSong song = new PlayedSong(kit);
    song.add(played.getBpm(), played.getRhythm());
    for (FollowingBars bars : played.getFollowingList()) {
      song.add(bars.getBpm(), bars.getRhythm());
    }
    return song.named(name);
  }

  /**
   * The same of one loop.
   *
   * @param bpm quarter notes a minute
   */
  public static Song of(String name, double bpm, Rhythm rhythm, KitMap kit) {
    PlayedSong song = new PlayedSong(kit);
    song.add(bpm, rhythm);
    return song.named(name);
  }

  private Song named(String name) {
    notes.sort(Comparator.comparingDouble(Note::quarter).thenComparingInt(Note::key));
    Map<Integer, String> names = new TreeMap<>();
    keys.forEach((voice, key) -> names.put(key, voice));
    return new Song(name, quarters, tempi, List.of(metre), notes, names);
  }

  private void add(double bpm, Rhythm rhythm) {
    Grid grid =
        new Grid(
            rhythm.getBars(),
            rhythm.getBeatsPerBar(),
            rhythm.getBeatUnit(),
            rhythm.getStepsPerBeat());
    check(bpm, rhythm, grid);
    Metre own = new Metre(0, grid.beatsPerBar(), grid.beatUnit());
    if (metre != null && !metre.equals(own)) {
      throw new IllegalArgumentException(
          "bars of " + own.written() + " follow bars of " + metre.written());
    }
    metre = own;
    rhythm.getVoicesList().forEach(this::giveKey);
    for (int i = 0; i < rhythm.getStepCount(); i++) {
      double offset = Math.max(-FARTHEST_OFFSET, Math.min(FARTHEST_OFFSET, rhythm.getOffset(i)));
      double quarter = quarters + (rhythm.getStep(i) + 0.5 * offset) / grid.stepsPerQuarter();
      float velocity = Math.max(SOFTEST, rhythm.getVelocity(i));
      notes.add(new Note(quarter, keys.get(rhythm.getVoices(rhythm.getVoice(i))), velocity));
    }
    if (tempi.isEmpty() || tempi.get(tempi.size() - 1).bpm() != bpm) {
      tempi.add(new Tempo(quarters, bpm));
    }
    quarters += grid.bars() * metre.barQuarters();
  }

  private void giveKey(String voice) {
    if (keys.containsKey(voice)) {
      return;
    }
    OptionalInt named = kit.voiceNamed(voice);
    int key = named.isPresent() ? kit.keyOf(named.getAsInt()) : 0;
    while (named.isEmpty() && (keys.containsValue(key) || kit.voiceOf(key).isPresent())) {
      key++;
    }
    if (key >= KEYS) {
      throw new IllegalArgumentException("too many voices, no key is left for " + voice);
    }
    keys.put(voice, key);
  }

  private static void check(double bpm, Rhythm rhythm, Grid grid) {
    List<String> voices = rhythm.getVoicesList();
    boolean named = voices.stream().allMatch(v -> !v.isBlank() && v.length() <= 64);
    boolean once = new HashSet<>(voices).size() == voices.size();
    if (voices.isEmpty() || voices.size() > MOST_VOICES || !named || !once) {
      throw new IllegalArgumentException("voices must be 1 to 24 different names, not " + voices);
    }
    if (!(bpm >= 1 && bpm <= 1000)) {
      throw new IllegalArgumentException("bpm is " + bpm + ", must be 1..1000");
    }
    int strokes = rhythm.getStepCount();
    if (rhythm.getVoiceCount() != strokes
        || rhythm.getVelocityCount() != strokes
        || rhythm.getOffsetCount() != strokes) {
      throw new IllegalArgumentException(
          "steps, voices, velocities and offsets are not equally many");
    }
    if (strokes == 0 || strokes > grid.steps() * voices.size()) {
      throw new IllegalArgumentException("it has " + strokes + " strokes");
    }
    for (int i = 0; i < strokes; i++) {
      if (rhythm.getStep(i) < 0
          || rhythm.getStep(i) >= grid.steps()
          || rhythm.getVoice(i) < 0
          || rhythm.getVoice(i) >= voices.size()
          || !(rhythm.getVelocity(i) >= 0 && rhythm.getVelocity(i) <= 1)
          || !(Math.abs(rhythm.getOffset(i)) <= 1)) {
        throw new IllegalArgumentException("stroke " + i + " is out of range");
      }
    }
  }
}
