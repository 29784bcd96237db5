package org.latentspace.vae.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.HeldModel;
import org.latentspace.proto.ListModelsReply;
import org.latentspace.proto.MapCell;
import org.latentspace.proto.MapReply;
import org.latentspace.proto.ModelDescription;
import org.latentspace.proto.NearestReply;
import org.latentspace.proto.Neighbour;
import org.latentspace.vae.library.LatentIndex.StillComputing;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.playing.Controls;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.versions.ModelInventory.KnownModel;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.grpc.Replies;

/**
 * Answers calls: the messages that say what was found, and a status of its own for each of the
 * domain's exceptions.
 */
final class VaeReplies {
  private VaeReplies() {}

  static <T> void answer(StreamObserver<T> caller, Callable<T> work) {
    Replies.answer(caller, work, VaeReplies::status);
  }

  /** Whether the caller has cancelled or its deadline has passed. */
  static BooleanSupplier gone(StreamObserver<?> caller) {
    return caller instanceof ServerCallStreamObserver<?> call
        ? call::isCancelled
        : () -> Thread.currentThread().isInterrupted();
  }

  private static Status status(Throwable fault) {
    if (fault instanceof ModelFault) {
      return Status.INVALID_ARGUMENT;
    }
    return fault instanceof StillComputing ? Status.UNAVAILABLE : null;
  }

  static ModelDescription describe(Playing playing) {
    Model model = playing.model();
    return ModelDescription.newBuilder()
        .setVersion(model.version())
        .setSha256(model.sha256())
        .setLatentSize(model.latent().size())
        .addAllLatentLow(RhythmWire.floats(model.latent().low()))
        .addAllLatentHigh(RhythmWire.floats(model.latent().high()))
        .setBars(model.grid().bars())
        .setBeatsPerBar(model.grid().beatsPerBar())
        .setBeatUnit(model.grid().beatUnit())
        .setStepsPerBeat(model.grid().stepsPerBeat())
        .addAllVoices(model.voices())
        .addAllThresholds(RhythmWire.floats(playing.thresholds()))
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
        .setThresholdShift(controls.decoding().thresholdShift())
        .build();
  }

  /** The decoding before, with the fields of the request that are set. */
  static org.latentspace.vae.playing.Controls.Decoding read(
      Decoding request, org.latentspace.vae.playing.Controls.Decoding before) {
    return new org.latentspace.vae.playing.Controls.Decoding(
        request.hasTemperature() ? request.getTemperature() : before.temperature(),
        request.hasSampling() ? request.getSampling() : before.sampling(),
        request.hasSeed() ? Long.valueOf(request.getSeed()) : before.seed(),
        request.hasThresholdShift() ? request.getThresholdShift() : before.thresholdShift());
  }

  static MapReply map(LatentMap map) {
    MapReply.Builder reply = MapReply.newBuilder().setSide(map.side()).setUnique(map.unique());
    for (LatentMap.Cell cell : map.cells()) {
      MapCell.Builder told =
          MapCell.newBuilder()
              .setX(cell.x())
              .setY(cell.y())
              .setStrokes(cell.strokes())
              .setDensity(cell.density())
              .setNovelty(cell.novelty())
              .setNearest(cell.nearest())
              .setVoice(cell.voice());
      if (cell.decodedRhythm() != null) {
        told.setRhythm(RhythmWire.write(cell.decodedRhythm()));
      }
      reply.addCells(told);
    }
    return reply.build();
  }

  static NearestReply nearest(List<LibraryIndex.Neighbour> neighbours) {
    NearestReply.Builder reply = NearestReply.newBuilder();
    for (LibraryIndex.Neighbour neighbour : neighbours) {
      DecodedRhythm decodedRhythm =
          DecodedRhythm.apart(neighbour.entry().rhythm(), neighbour.position());
      reply.addNeighbours(
          Neighbour.newBuilder()
              .setId(neighbour.entry().id())
              .setJaccard(neighbour.jaccard())
              .setLatent(neighbour.latent())
              .setRhythm(RhythmWire.write(decodedRhythm)));
    }
    return reply.build();
  }
}
