package org.latentspace.training.data;

import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Rhythm;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Metre;
import org.latentspace.training.rhythm.Song.Note;
import org.latentspace.training.rhythm.Song.Passage;

/**
 * Plays bars as a person does: early and late by 12 ms (standard deviation) and 8 ms more for the
 * whole bar, louder and softer by a sixth, with up to two ghost notes too many; ghost notes are
 * left out now and then, and one stroke in fifty is missed. Then they are put on the grid of a
 * recording.
 */
public final class PlayedByHand {
  public static final KitMap KIT = Kits.everyKey();
  private static final int STEPS_PER_BEAT = 12;
  private static final float GHOST = 0.3f;

  private final Random random;

  public PlayedByHand(long seed) {
    random = new Random(seed);
  }

  /** A bar of a piece: its strokes in quarter notes from the bar line. */
  public record Bar(Metre metre, double bpm, List<Note> notes) {
    /** All bars of a piece in which at least so many strokes lie. */
    public static List<Bar> of(Song song, int least) {
      List<Bar> bars = new ArrayList<>();
      for (Passage passage : song.passages()) {
        for (int bar = passage.firstBar(); bar < passage.firstBar() + passage.bars(); bar++) {
          double start = passage.start(bar);
          double end = start + passage.metre().barQuarters();
          List<Note> notes =
              song.notes().stream()
                  .filter(n -> n.quarter() >= start - 0.03 && n.quarter() < end - 0.03)
                  .map(n -> new Note(n.quarter() - start, n.key(), n.velocity()))
                  .toList();
          if (notes.size() >= least) {
            bars.add(new Bar(passage.metre(), song.bpmAt(start), notes));
          }
        }
      }
      return bars;
    }
  }

  /** A bar as it is recorded when a person plays it. */
  public RecordedRhythm play(Bar bar, String name) {
    double quarterMs = 60_000 / bar.bpm();
    double drift = random.nextGaussian() * 8;
    List<Note> played = new ArrayList<>();
    for (Note note : bar.notes()) {
      boolean leftOut = random.nextInt(note.velocity() < GHOST ? 5 : 50) == 0;
      if (!leftOut) {
        double late = (random.nextGaussian() * 12 + drift) / quarterMs;
        double velocity = note.velocity() * (1 + random.nextGaussian() / 6);
        played.add(new Note(note.quarter() + late, note.key(), (float) velocity));
      }
    }
    for (int ghost = random.nextInt(3); ghost > 0; ghost--) {
      double where = random.nextInt(16) / 16.0 * bar.metre().barQuarters();
      played.add(new Note(where, 38, 0.1f + random.nextFloat() / 10));
    }
    return record(bar, name, onGrid(bar, played));
  }

  private static TreeMap<Integer, float[]> onGrid(Bar bar, List<Note> played) {
    double steps = STEPS_PER_BEAT * bar.metre().unit() / 4.0;
    int last = bar.metre().beats() * STEPS_PER_BEAT - 1;
    TreeMap<Integer, float[]> strokes = new TreeMap<>();
    for (Note note : played) {
      int voice = KIT.voiceOf(note.key()).orElse(0);
      int step = (int) Math.max(0, Math.min(last, Math.round(note.quarter() * steps)));
      double offset = Math.max(-1, Math.min(1, 2 * (note.quarter() * steps - step)));
      float velocity = Math.max(0.01f, Math.min(1, note.velocity()));
      float[] stroke = {velocity, (float) offset};
      strokes.merge(
          step * KIT.voices().size() + voice, stroke, (one, two) -> one[0] >= two[0] ? one : two);
    }
    return strokes;
  }

  private static RecordedRhythm record(Bar bar, String name, TreeMap<Integer, float[]> strokes) {
    Rhythm.Builder rhythm =
        Rhythm.newBuilder()
            .setBars(1)
            .setBeatsPerBar(bar.metre().beats())
            .setBeatUnit(bar.metre().unit())
            .setStepsPerBeat(STEPS_PER_BEAT)
            .addAllVoices(KIT.voices());
    strokes.forEach(
        (cell, stroke) ->
            rhythm
                .addStep(cell / KIT.voices().size())
                .addVoice(cell % KIT.voices().size())
                .addVelocity(stroke[0])
                .addOffset(stroke[1]));
    return RecordedRhythm.newBuilder()
        .setEnsemble("pads")
        .setRhythmId(name)
        .setPerformer("anna")
        .setPlayedAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
        .setBpm(bar.bpm())
        .setTimes(1)
        .setSource("pads")
        .setRhythm(rhythm)
        .build();
  }
}
