package org.latentspace.training.data.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.latentspace.kept.KeptRecord;
import org.latentspace.model.Grid;
import org.latentspace.performer.Name;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.TrainingPair;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/** Reads what the log keeps; IllegalArgumentException says what is wrong with a record. */
public final class KeptMessages {
  private static final int MOST_VOICES = 24;
  // A stroke on the line between two cells stays in its own.
  private static final double FARTHEST_OFFSET = 0.9999;
  private static final float SOFTEST = 1 / 127f;

  private KeptMessages() {}

  /** A loop that was played, as a piece under the record's key. */
  static Arrival rhythm(KeptRecord record, KitMap kit) {
    RecordedRhythm message = parse(record, RecordedRhythm.getDefaultInstance());
    checkKey(record, message.getEnsemble() + "/" + message.getRhythmId());
    Song song = song(record.key(), message.getBpm(), message.getRhythm(), kit);
    Instant played = DataWire.instant("played_at", message.getPlayedAt());
    Origin origin = new Origin(Source.RECORDED, record.key(), message.getPerformer(), played);
    List<String> tags = new ArrayList<>();
    tags.add("ensemble:" + message.getEnsemble());
    if (!message.getSource().isEmpty()) {
      tags.add("from:" + message.getSource());
    }
    if (!message.getRhythm().getModelVersion().isEmpty()) {
      tags.add("model:" + message.getRhythm().getModelVersion());
    }
    return new Arrival(song, origin, tags);
  }

  /**
   * A loop as it was played, as a piece. Each voice gets the key that the kit plays a voice of that
   * name with, or the lowest free key; its name is kept, so that any kit with a voice of that name
   * knows it. Throws IllegalArgumentException for a loop that cannot have been played.
   *
   * @param bpm quarter notes a minute
   */
  public static Song song(String name, double bpm, Rhythm rhythm, KitMap kit) {
    Grid grid =
        new Grid(
            rhythm.getBars(),
            rhythm.getBeatsPerBar(),
            rhythm.getBeatUnit(),
            rhythm.getStepsPerBeat());
    check(bpm, rhythm, grid);
    List<Integer> keys = keys(rhythm.getVoicesList(), kit);
    Map<Integer, String> names = new TreeMap<>();
    for (int voice = 0; voice < keys.size(); voice++) {
      names.put(keys.get(voice), rhythm.getVoices(voice));
    }
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < rhythm.getStepCount(); i++) {
      double offset = Math.max(-FARTHEST_OFFSET, Math.min(FARTHEST_OFFSET, rhythm.getOffset(i)));
      double quarter = (rhythm.getStep(i) + 0.5 * offset) / grid.stepsPerQuarter();
      float velocity = Math.max(SOFTEST, rhythm.getVelocity(i));
      notes.add(new Note(quarter, keys.get(rhythm.getVoice(i)), velocity));
    }
    notes.sort(Comparator.comparingDouble(Note::quarter).thenComparingInt(Note::key));
    Song.Metre metre = new Song.Metre(0, grid.beatsPerBar(), grid.beatUnit());
    double quarters = grid.bars() * metre.barQuarters();
    return new Song(name, quarters, List.of(new Song.Tempo(0, bpm)), List.of(metre), notes, names);
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

  private static List<Integer> keys(List<String> voices, KitMap kit) {
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

  /** A pair that was taught. */
  public static TaughtPair pair(KeptRecord record) {
    TrainingPair message = parse(record, TrainingPair.getDefaultInstance());
    checkKey(record, message.getPerformer() + "/" + message.getPair());
    return pair(message);
  }

  /** A pair of the log or of a request. */
  public static TaughtPair pair(TrainingPair message) {
    return new TaughtPair(
        message.getPerformer(),
        message.getPair(),
        DataWire.instant("taught_at", message.getTaughtAt()),
        message.getInputList(),
        message.getRawInputList(),
        message.getScaling(),
        message.getSensesList(),
        message.getSpreadList(),
        message.getOutputList(),
        meaning(message));
  }

  private static Target meaning(TrainingPair message) {
    Motion motion =
        message.getMotion() == org.latentspace.proto.Motion.MOTION_MOVEMENT
            ? Motion.MOVEMENT
            : Motion.POSITION;
    int frames = message.getFrames();
    return message.getTargetCount() == 0
        ? Target.of(message.getOutputList(), motion, frames)
        : new Target(message.getTargetList(), message.getOutputsList(), motion, frames);
  }

  @SuppressWarnings("unchecked")
  private static <M extends Message> M parse(KeptRecord record, M kind) {
    if (record.value() == null) {
      throw new IllegalArgumentException("it has no value");
    }
    try {
      return (M) kind.getParserForType().parseFrom(record.value());
    } catch (InvalidProtocolBufferException broken) {
      String name = kind.getDescriptorForType().getName();
      throw new IllegalArgumentException("it is no " + name, broken);
    }
  }

  private static void checkKey(KeptRecord record, String inside) {
    String[] parts = record.key().split("/", -1);
    if (!record.key().equals(inside)
        || parts.length != 2
        || !Name.isValid(parts[0])
        || !Name.isValid(parts[1])) {
      throw new IllegalArgumentException(
          "its key must be two names of A-Z a-z 0-9 _ - with / between them, as inside it");
    }
  }
}
