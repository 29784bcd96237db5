package org.latentspace.vae.inlet;

import org.latentspace.proto.ModelDescription;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelStand.Playing;

/** Describes the model that plays. */
final class Descriptions {
  private Descriptions() {}

  static ModelDescription describe(Playing playing) {
    Model model = playing.model();
    return ModelDescription.newBuilder()
        .setVersion(model.version())
        .setSha256(model.sha256())
        .setLatentSize(model.latent().size())
        .addAllLatentLow(Floats.list(model.latent().low()))
        .addAllLatentHigh(Floats.list(model.latent().high()))
        .setBars(model.grid().bars())
        .setBeatsPerBar(model.grid().beatsPerBar())
        .setBeatUnit(model.grid().beatUnit())
        .setStepsPerBeat(model.grid().stepsPerBeat())
        .addAllVoices(model.voices())
        .addAllThresholds(Floats.list(playing.thresholds()))
        .putAllMetadata(model.metadata())
        .build();
  }
}
