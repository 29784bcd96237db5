package org.latentspace.vae.inlet;

import static org.latentspace.vae.inlet.Replies.answer;
import static org.latentspace.vae.inlet.Replies.gone;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
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
import org.latentspace.vae.RhythmFlow;
import org.latentspace.vae.VaeWire;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Interpolation;

/**
 * gRPC service: what else a model can do. All of it runs on worker threads, few calls at a time,
 * and ends when the caller cancels.
 */
@GrpcService
public class RhythmInlet extends RhythmServiceGrpc.RhythmServiceImplBase {
  private static final int USUAL_SIDE = 30;
  private static final int USUAL_COUNT = 10;

  @Inject RhythmFlow flow;
  @Inject ConcurrencyLimit limit;

  private final AtomicReference<LibraryStream> library = new AtomicReference<>();

  @Override
  public void interpolate(InterpolateRequest request, StreamObserver<RhythmsReply> response) {
    Interpolation interpolation =
        new Interpolation(
            Floats.of(request.getFromList()),
            Floats.of(request.getToList()),
            request.getCount(),
            request.getSpherical());
    answer(
        response,
        () -> {
          List<DecodedRhythm> decodedRhythms =
              limit.take(() -> flow.interpolate(interpolation, gone(response)));
          return RhythmsReply.newBuilder()
              .addAllRhythms(decodedRhythms.stream().map(VaeWire::rhythm).toList())
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
                  Floats.of(request.getPositionList()),
                  request.getWithRhythms());
          return RhythmReplies.map(limit.take(() -> flow.map(frame, gone(response))));
        });
  }

  @Override
  public void nearest(NearestRequest request, StreamObserver<NearestReply> response) {
    answer(
        response,
        () -> {
          LibraryIndex.Question question =
              new LibraryIndex.Question(
                  RhythmReader.read(request.getRhythm()),
                  request.getCount() == 0 ? USUAL_COUNT : request.getCount(),
                  isLatent(request.getDistance()));
          return RhythmReplies.nearest(flow.nearest(question));
        });
  }

  private static boolean isLatent(Distance distance) {
    if (distance == Distance.UNRECOGNIZED) {
      throw new IllegalArgumentException("distance must be DISTANCE_JACCARD or DISTANCE_LATENT");
    }
    return distance == Distance.DISTANCE_LATENT;
  }

  @Override
  public StreamObserver<LibraryEntry> putLibrary(StreamObserver<LibraryReply> response) {
    LibraryStream stream = new LibraryStream(flow, response);
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
          Rhythm given = RhythmReader.ordered(request.getRhythm());
          org.latentspace.vae.rhythm.Rhythm flat = RhythmReader.read(given);
          DecodedRhythm decodedRhythm =
              limit.take(() -> flow.humanise(flat, amount, gone(response)));
          return amount == 0 ? given : VaeWire.rhythm(decodedRhythm);
        });
  }

  @Override
  public void tapToDrum(TapToDrumRequest request, StreamObserver<Rhythm> response) {
    answer(
        response,
        () -> {
          org.latentspace.vae.rhythm.Rhythm taps = RhythmReader.read(request.getTaps());
          return VaeWire.rhythm(limit.take(() -> flow.tapToDrum(taps, gone(response))));
        });
  }

  @Override
  public void infill(InfillRequest request, StreamObserver<Rhythm> response) {
    answer(
        response,
        () -> {
          org.latentspace.vae.rhythm.Rhythm rhythm = RhythmReader.read(request.getRhythm());
          List<String> given = List.copyOf(request.getGivenList());
          return VaeWire.rhythm(limit.take(() -> flow.infill(rhythm, given, gone(response))));
        });
  }
}
