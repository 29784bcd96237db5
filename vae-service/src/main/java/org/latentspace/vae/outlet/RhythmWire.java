package org.latentspace.vae.outlet;

import org.latentspace.model.Grid;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.latent.Control;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.wire.OriginWire;

/** Writes rhythms as messages of the wire. */
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
}
