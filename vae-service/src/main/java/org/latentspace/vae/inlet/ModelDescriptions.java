package org.latentspace.vae.inlet;

import java.util.List;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.HeldModel;
import org.latentspace.proto.ListModelsReply;
import org.latentspace.proto.ModelDescription;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.playing.Controls;
import org.latentspace.vae.versions.KnownModel;
import org.latentspace.vae.wire.FloatsWire;

/** Describes the model that plays, how, and the others. */
final class ModelDescriptions {
  private ModelDescriptions() {}

  static ModelDescription describe(Playing playing) {
    Model model = playing.model();
    return ModelDescription.newBuilder()
        .setVersion(model.version())
        .setSha256(model.sha256())
        .setLatentSize(model.latent().size())
        .addAllLatentLow(FloatsWire.write(model.latent().low()))
        .addAllLatentHigh(FloatsWire.write(model.latent().high()))
        .setBars(model.grid().bars())
        .setBeatsPerBar(model.grid().beatsPerBar())
        .setBeatUnit(model.grid().beatUnit())
        .setStepsPerBeat(model.grid().stepsPerBeat())
        .addAllVoices(model.voices())
        .addAllThresholds(FloatsWire.write(playing.thresholds()))
        .putAllMetadata(model.metadata())
        .build();
  }

  static ListModelsReply list(List<KnownModel> held) {
    ListModelsReply.Builder list = ListModelsReply.newBuilder();
    for (KnownModel one : held) {
      list.addModels(
          HeldModel.newBuilder()
              .setModel(one.model())
              .setVersion(one.version())
              .setSha256(one.sha256())
              .setPlaying(one.state() == KnownModel.State.PLAYING)
              .setState(one.state().word())
              .setReason(one.reason()));
    }
    return list.build();
  }

  /** All of a performer's way of decoding, the usual values too. */
  static Decoding decoding(String performer, Controls controls, long usualSeed) {
    Long seed = controls.decoding().seed();
    return Decoding.newBuilder()
        .setPerformer(performer)
        .setTemperature(controls.decoding().temperature())
        .setSampling(controls.decoding().sampling())
        .setSeed(seed == null ? usualSeed : seed)
        .build();
  }

  /** The decoding before, with the fields of the request that are set. */
  static org.latentspace.vae.playing.Decoding read(
      Decoding request, org.latentspace.vae.playing.Decoding before) {
    return new org.latentspace.vae.playing.Decoding(
        request.hasTemperature() ? request.getTemperature() : before.temperature(),
        request.hasSampling() ? request.getSampling() : before.sampling(),
        request.hasSeed() ? Long.valueOf(request.getSeed()) : before.seed());
  }
}
