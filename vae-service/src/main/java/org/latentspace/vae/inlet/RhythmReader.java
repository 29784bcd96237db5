package org.latentspace.vae.inlet;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.latentspace.model.Grid;
import org.latentspace.proto.Rhythm;

/** Reads rhythms from the wire. */
final class RhythmReader {
  private RhythmReader() {}

  /**
   * The same with its strokes in the order that the contract has: by step, then voice, those of the
   * same step and voice as they came. Arrays of unequal length stay, for the domain to refuse.
   */
  static Rhythm ordered(Rhythm rhythm) {
    int strokes = rhythm.getStepCount();
    if (rhythm.getVoiceCount() != strokes
        || rhythm.getVelocityCount() != strokes
        || rhythm.getOffsetCount() != strokes) {
      return rhythm;
    }
    List<Integer> order =
        IntStream.range(0, strokes)
            .boxed()
            .sorted(Comparator.comparing(rhythm::getStep).thenComparing(rhythm::getVoice))
            .toList();
    Rhythm.Builder sorted =
        rhythm.toBuilder().clearStep().clearVoice().clearVelocity().clearOffset();
    for (int stroke : order) {
      sorted
          .addStep(rhythm.getStep(stroke))
          .addVoice(rhythm.getVoice(stroke))
          .addVelocity(rhythm.getVelocity(stroke))
          .addOffset(rhythm.getOffset(stroke));
    }
    return sorted.build();
  }

  /**
   * A rhythm of the domain; whether it fits the model is checked there.
   *
   * @throws IllegalArgumentException for a grid that no rhythm can have
   */
  static org.latentspace.vae.rhythm.Rhythm read(Rhythm rhythm) {
    Grid grid =
        new Grid(
            rhythm.getBars(),
            rhythm.getBeatsPerBar(),
            rhythm.getBeatUnit(),
            rhythm.getStepsPerBeat());
    return new org.latentspace.vae.rhythm.Rhythm(
        rhythm.getModelVersion(),
        grid,
        List.copyOf(rhythm.getVoicesList()),
        rhythm.getStepList().stream().mapToInt(Integer::intValue).toArray(),
        rhythm.getVoiceList().stream().mapToInt(Integer::intValue).toArray(),
        Floats.of(rhythm.getVelocityList()),
        Floats.of(rhythm.getOffsetList()));
  }
}
