package org.latentspace.vae;

import org.latentspace.model.Grid;
import org.latentspace.proto.Origin;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.latent.Control;
import org.latentspace.vae.playing.DecodedRhythm;

/** Says in the words of the contract what the domain says in its own. */
public final class VaeWire {
  private VaeWire() {}

  /** A rhythm as it is sent to midi-gateway. */
  public static Rhythm rhythm(DecodedRhythm decodedRhythm) {
    org.latentspace.vae.rhythm.Rhythm rhythm = decodedRhythm.rhythm();
    Grid grid = rhythm.grid();
    Rhythm.Builder message =
        Rhythm.newBuilder()
            .setOrigin(origin(decodedRhythm.origin()))
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

  /** An origin, unchanged. */
  public static Origin origin(org.latentspace.vae.time.Origin origin) {
    return Origin.newBuilder()
        .setPerformer(origin.performer())
        .setSequence(origin.sequence())
        .setCapturedNanos(origin.capturedNanos())
        .setSoundNanos(origin.soundNanos())
        .setLossless(origin.lossless())
        .setLast(origin.last())
        .build();
  }
}
