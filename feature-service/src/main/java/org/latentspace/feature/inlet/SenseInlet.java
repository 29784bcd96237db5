package org.latentspace.feature.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.latentspace.feature.senses.Sense;
import org.latentspace.feature.senses.Senses;
import org.latentspace.feature.wire.RangeWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.FeltSense;
import org.latentspace.proto.ForgetSenseRequest;
import org.latentspace.proto.ListSensesReply;
import org.latentspace.proto.ListSensesRequest;
import org.latentspace.proto.SenseFrame;
import org.latentspace.proto.SenseReply;
import org.latentspace.proto.SenseServiceGrpc;
import org.latentspace.wire.RefusalLog;

/** The door through which other senses come in by gRPC. */
@GrpcService
public class SenseInlet extends SenseServiceGrpc.SenseServiceImplBase {
  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(SenseInlet.class), "sense");

  @Inject Senses senses;

  @Override
  public StreamObserver<SenseFrame> feel(StreamObserver<SenseReply> answer) {
    return new SenseStream(senses, refusals, (ServerCallStreamObserver<SenseReply>) answer);
  }

  @Override
  public void listSenses(ListSensesRequest request, StreamObserver<ListSensesReply> answer) {
    FeatureReplies.answer(answer, () -> list(Name.require("performer", request.getPerformer())));
  }

  @Override
  public void forgetSense(ForgetSenseRequest request, StreamObserver<ListSensesReply> answer) {
    FeatureReplies.answer(
        answer,
        () -> {
          String performer = Name.require("performer", request.getPerformer());
          if (!senses.forget(performer, Name.require("sense", request.getSense()))) {
            throw Status.NOT_FOUND
                .withDescription("performer " + performer + " has no sense " + request.getSense())
                .asRuntimeException();
          }
          return list(performer);
        });
  }

  private ListSensesReply list(String performer) {
    long now = System.nanoTime();
    ListSensesReply.Builder reply = ListSensesReply.newBuilder();
    for (Sense sense : senses.list(performer)) {
      FeltSense.Builder felt =
          FeltSense.newBuilder()
              .setSense(RangeWire.sense(sense, sense.stale(now)))
              .setRateHz((float) sense.rateHz());
      for (float value : sense.values()) {
        felt.addValue(value);
      }
      reply.addSenses(felt);
    }
    senses.refused(performer, now).forEach(refused -> reply.addRefused(RangeWire.sense(refused)));
    return reply.build();
  }
}
