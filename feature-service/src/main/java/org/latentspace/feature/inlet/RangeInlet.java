package org.latentspace.feature.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.latentspace.feature.RangeFlow;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.wire.RangeWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ListRangesReply;
import org.latentspace.proto.PutRangeRequest;
import org.latentspace.proto.RangeRequest;
import org.latentspace.proto.RangeServiceGrpc;
import org.latentspace.proto.RehearsalReply;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.UseRangeRequest;
import org.latentspace.wire.grpc.Replies;

/** The door for auto-range; what waits for the disk waits in a thread that may. */
@Singleton
public class RangeInlet extends RangeServiceGrpc.RangeServiceImplBase {
  @Inject RangeFlow flow;

  @Override
  public void getRange(RangeRequest request, StreamObserver<ScalingSpec> answer) {
    range(answer, () -> flow.used(performer(request.getPerformer())));
  }

  @Override
  public void listRanges(RangeRequest request, StreamObserver<ListRangesReply> answer) {
    Replies.answer(
        answer,
        () -> {
          String performer = performer(request.getPerformer());
          ListRangesReply.Builder reply =
              ListRangesReply.newBuilder().setUsed(flow.used(performer).name());
          flow.all(performer).forEach(range -> reply.addRanges(RangeWire.spec(range)));
          return reply.build();
        });
  }

  @Override
  public void beginRehearsal(RangeRequest request, StreamObserver<RehearsalReply> answer) {
    Replies.answer(
        answer,
        () -> {
          flow.begin(performer(request.getPerformer()));
          return RehearsalReply.getDefaultInstance();
        });
  }

  @Override
  public void endRehearsal(RangeRequest request, StreamObserver<ScalingSpec> answer) {
    range(answer, () -> flow.end(performer(request.getPerformer())));
  }

  @Override
  public void useRange(UseRangeRequest request, StreamObserver<ScalingSpec> answer) {
    range(answer, () -> flow.use(performer(request.getPerformer()), request.getName()));
  }

  @Override
  public void putRange(PutRangeRequest request, StreamObserver<ScalingSpec> answer) {
    range(answer, () -> flow.add(performer(request.getPerformer()), name -> range(request, name)));
  }

  private static Range range(PutRangeRequest request, String name) {
    try {
      return RangeWire.range(request.getRange(), name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("range " + e.getMessage(), e);
    }
  }

  private static String performer(String name) {
    return Name.require("performer", name);
  }

  private static void range(StreamObserver<ScalingSpec> caller, Supplier<Range> range) {
    Replies.answer(caller, () -> RangeWire.spec(range.get()));
  }
}
