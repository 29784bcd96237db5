package org.latentspace.explorer.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.PairWire;
import org.latentspace.explorer.TeachingFlow;
import org.latentspace.explorer.heard.RecentFrames;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.ListPairsReply;

/** What a teacher may do over gRPC; checks it before it is done. */
@ApplicationScoped
public class Teacher {
  @Inject TeachingFlow flow;
  @Inject Performers performers;
  @Inject Hands hands;

  /** Throws or completes with what {@link #status} makes a status of. */
  CompletionStage<Pair> add(AddPairRequest request) {
    long meanMs = Integer.toUnsignedLong(request.getMeanMs());
    if (meanMs > RecentFrames.MOST_MS) {
      throw Status.OUT_OF_RANGE
          .withDescription("mean_ms=" + meanMs + ": must be 0.." + RecentFrames.MOST_MS)
          .asRuntimeException();
    }
    float[] output = request.getOutputCount() == 0 ? null : output(request.getOutputList());
    return flow.teach(hands.find(request.getPerformer()), (int) meanMs, output);
  }

  ListPairsReply list(String performer) {
    List<Pair> pairs = flow.taught(performer);
    if (pairs.isEmpty()) {
      // Says so if nobody of that name was ever heard.
      hands.find(performer);
    }
    ListPairsReply.Builder reply =
        ListPairsReply.newBuilder().setWaiting(flow.waiting()).setWeather(flow.weather());
    pairs.forEach(pair -> reply.addPairs(PairWire.pair(pair)));
    return reply.build();
  }

  /** Throws or completes with what {@link #status} makes a status of. */
  CompletionStage<Pair> delete(DeletePairRequest request) {
    if (flow.taught(request.getPerformer()).isEmpty()) {
      hands.find(request.getPerformer());
    }
    return flow.forget(request.getPerformer(), request.getPair());
  }

  private float[] output(List<Float> given) {
    int position = performers.latentSize();
    if (given.size() != position + 2) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "output has "
                  + given.size()
                  + " entries, must be "
                  + (position + 2)
                  + ": "
                  + position
                  + " of the position, noise, z-ramp in ms")
          .asRuntimeException();
    }
    float[] output = new float[given.size()];
    for (int i = 0; i < output.length; i++) {
      float most = i < position ? 1 : i == position ? Place.MOST_NOISE : Place.MOST_RAMP_MS;
      output[i] = Hands.within("output[" + i + "]", given.get(i), most);
    }
    return output;
  }

  /** What the caller is told. */
  static StatusRuntimeException status(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof StatusRuntimeException known) {
      return known;
    }
    if (cause instanceof Refusal refusal) {
      Status status =
          switch (refusal.kind()) {
            case UNKNOWN -> Status.NOT_FOUND;
            case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
            case NOT_YET -> Status.FAILED_PRECONDITION;
            case WEATHER -> Status.UNAVAILABLE;
          };
      return status.withDescription(refusal.getMessage()).asRuntimeException();
    }
    return Status.INTERNAL.withDescription(cause.toString()).asRuntimeException();
  }
}
