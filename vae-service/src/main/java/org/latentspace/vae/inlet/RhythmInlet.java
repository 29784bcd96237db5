package org.latentspace.vae.inlet;

import static org.latentspace.vae.inlet.VaeReplies.answer;
import static org.latentspace.vae.inlet.VaeReplies.gone;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.latentspace.proto.Distance;
import org.latentspace.proto.HumaniseRequest;
import org.latentspace.proto.InfillRequest;
import org.latentspace.proto.InterpolateRequest;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryReply;
import org.latentspace.proto.MapReply;
import org.latentspace.proto.MapRequest;
import org.latentspace.proto.NearestReply;
import org.latentspace.proto.NearestRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RhythmServiceGrpc;
import org.latentspace.proto.RhythmsReply;
import org.latentspace.proto.TapToDrumRequest;
import org.latentspace.vae.completion.Completion;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Interpolation;
import org.latentspace.vae.versions.LibraryUpdater;
import org.latentspace.vae.wire.RhythmWire;

/**
 * gRPC service: what else a model can do. All of it runs on worker threads, few calls at a time,
 * and ends when the caller cancels.
 */
@Singleton
public class RhythmInlet extends RhythmServiceGrpc.RhythmServiceImplBase {
  private static final int USUAL_SIDE = 30;
  private static final int USUAL_COUNT = 10;

  @Inject ActiveModel activeModel;
  @Inject RhythmLibrary rhythms;
  @Inject LibraryUpdater updater;
  @Inject ConcurrencyLimit limit;

  private final AtomicReference<LibraryStream> library = new AtomicReference<>();

  @Override
  public void interpolate(InterpolateRequest request, StreamObserver<RhythmsReply> response) {
    Interpolation interpolation =
        new Interpolation(
            RhythmWire.floats(request.getFromList()),
            RhythmWire.floats(request.getToList()),
            request.getCount(),
            request.getSpherical());
    answer(
        response,
        () -> {
          List<DecodedRhythm> decodedRhythms =
              limit.run(() -> interpolation.rhythms(codec(response)));
          return RhythmsReply.newBuilder()
              .addAllRhythms(decodedRhythms.stream().map(RhythmWire::write).toList())
              .build();
        });
  }

  @Override
  public void map(MapRequest request, StreamObserver<MapReply> response) {
    answer(
        response,
        () -> {
          LatentMap.Frame frame =
              new LatentMap.Frame(
                  request.getSide() == 0 ? USUAL_SIDE : request.getSide(),
                  RhythmWire.floats(request.getPositionList()),
                  request.getWithRhythms());
          return VaeReplies.map(limit.run(() -> map(frame, response)));
        });
  }

  @Override
  public void nearest(NearestRequest request, StreamObserver<NearestReply> response) {
    answer(
        response,
        () -> {
          org.latentspace.vae.rhythm.Rhythm rhythm = RhythmWire.read(request.getRhythm());
          int count = request.getCount() == 0 ? USUAL_COUNT : request.getCount();
          boolean latent = isLatent(request.getDistance());
          LibraryIndex index = index(activeModel.required());
          return VaeReplies.nearest(index.nearest(rhythm, count, latent));
        });
  }

  private LatentMap map(LatentMap.Frame frame, StreamObserver<?> caller) {
    ActiveModel.Playing playing = activeModel.required();
    CancellableCodec codec = new CancellableCodec(playing, gone(caller));
    return LatentMap.draw(frame, codec, index(playing).onsets());
  }

  private LibraryIndex index(ActiveModel.Playing playing) {
    return rhythms.index(playing.unbent());
  }

  /** For the model that plays, until the caller cancels. */
  private CancellableCodec codec(StreamObserver<?> caller) {
    return new CancellableCodec(activeModel.required(), gone(caller));
  }

  private static boolean isLatent(Distance distance) {
    if (distance == Distance.UNRECOGNIZED) {
      throw new IllegalArgumentException("distance must be DISTANCE_JACCARD or DISTANCE_LATENT");
    }
    return distance == Distance.DISTANCE_LATENT;
  }

  @Override
  public StreamObserver<LibraryEntry> putLibrary(StreamObserver<LibraryReply> response) {
    LibraryStream stream = new LibraryStream(activeModel, updater, response);
    LibraryStream before = library.getAndSet(stream);
    if (before != null) {
      before.giveWay();
    }
    return stream;
  }

  @Override
  public void humanise(HumaniseRequest request, StreamObserver<Rhythm> response) {
    float amount = request.hasAmount() ? request.getAmount() : 1;
    answer(
        response,
        () -> {
          Rhythm given = RhythmWire.ordered(request.getRhythm());
          org.latentspace.vae.rhythm.Rhythm flat = RhythmWire.read(given);
          DecodedRhythm decodedRhythm =
              limit.run(() -> Completion.humanise(codec(response), flat, amount));
          return amount == 0 ? given : RhythmWire.write(decodedRhythm);
        });
  }

  @Override
  public void tapToDrum(TapToDrumRequest request, StreamObserver<Rhythm> response) {
    answer(
        response,
        () -> {
          org.latentspace.vae.rhythm.Rhythm taps = RhythmWire.read(request.getTaps());
          return RhythmWire.write(limit.run(() -> Completion.tapToDrum(codec(response), taps)));
        });
  }

  @Override
  public void infill(InfillRequest request, StreamObserver<Rhythm> response) {
    answer(
        response,
        () -> {
          org.latentspace.vae.rhythm.Rhythm rhythm = RhythmWire.read(request.getRhythm());
          List<String> given = List.copyOf(request.getGivenList());
          return RhythmWire.write(
              limit.run(() -> Completion.infill(codec(response), rhythm, given)));
        });
  }
}
