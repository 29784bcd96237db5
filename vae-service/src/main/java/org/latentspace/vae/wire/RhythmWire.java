package org.latentspace.vae.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.latentspace.model.Grid;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.latent.LatentPoint.Control;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.wire.OriginWire;

/** Writes rhythms as messages of the wire, and reads them. */
public final class RhythmWire {
  private RhythmWire() {}

  /** A rhythm as it is sent to midi-gateway. */
  public static Rhythm write(DecodedRhythm decodedRhythm) {
    org.latentspace.vae.rhythm.Rhythm rhythm = decodedRhythm.rhythm();
    Grid grid = rhythm.grid();
    Rhythm.Builder message =
        Rhythm.newBuilder()
            .setOrigin(OriginWire.write(decodedRhythm.origin()))
            .setModelVersion(rhythm.modelVersion())
            .setBars(grid.bars())
            .setBeatsPerBar(grid.beatsPerBar())
            .setBeatUnit(grid.beatUnit())
            .setStepsPerBeat(grid.stepsPerBeat())
            .addAllVoices(rhythm.voices());
    for (int stroke = 0; stroke < rhythm.strokes(); stroke++) {
      message
          .addStep(rhythm.step()[stroke])
          .addVoice(rhythm.voice()[stroke])
          .addVelocity(rhythm.velocity()[stroke])
          .addOffset(rhythm.offset()[stroke]);
    }
    for (float place : decodedRhythm.position()) {
      message.addPosition(place);
    }
    for (Control control : decodedRhythm.controls()) {
      message.addControls(
          org.latentspace.proto.Control.newBuilder()
              .setName(control.name())
              .setDestination(control.destination())
              .setValue(control.value()));
    }
    return message.build();
  }

  /**
   * The same with its strokes in the order that the contract has: by step, then voice, those of the
   * same step and voice as they came. Arrays of unequal length stay, for the domain to refuse.
   */
  public static Rhythm ordered(Rhythm rhythm) {
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
  public static org.latentspace.vae.rhythm.Rhythm read(Rhythm rhythm) {
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
        floats(rhythm.getVelocityList()),
        floats(rhythm.getOffsetList()));
  }

  /** A list of the wire as an array. */
  public static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  /** An array as a list of the wire. */
  public static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
