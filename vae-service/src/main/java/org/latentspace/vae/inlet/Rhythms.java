package org.latentspace.vae.inlet;

import java.util.List;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.rhythm.Grid;

/** Reads rhythms from the wire. */
final class Rhythms {
  private Rhythms() {}

  /**
   * A rhythm in the domain's words; whether it fits the model is the domain's to say.
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
