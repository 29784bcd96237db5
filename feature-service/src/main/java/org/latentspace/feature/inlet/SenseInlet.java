package org.latentspace.feature.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.NoSuchElementException;
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
import org.latentspace.wire.grpc.Replies;

/** The door through which other senses come in by gRPC. */
@Singleton
public class SenseInlet extends SenseServiceGrpc.SenseServiceImplBase {
  private static final long PAUSE_NANOS = 1_000_000_000L / 30;
  private static final long NEWS_NANOS = 500_000_000L;

  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(SenseInlet.class), "sense");

  @Inject Senses senses;

  @Override
  public StreamObserver<SenseFrame> feel(StreamObserver<SenseReply> answer) {
    return new SenseStream(answer);
  }

  @Override
  public void listSenses(ListSensesRequest request, StreamObserver<ListSensesReply> answer) {
    Replies.answer(answer, () -> list(Name.require("performer", request.getPerformer())));
  }

  @Override
  public void forgetSense(ForgetSenseRequest request, StreamObserver<ListSensesReply> answer) {
    Replies.answer(
        answer,
        () -> {
          String performer = Name.require("performer", request.getPerformer());
          if (!senses.forget(performer, Name.require("sense", request.getSense()))) {
            throw new NoSuchElementException(
                "performer " + performer + " has no sense " + request.getSense());
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

  /**
   * One sender's senses; what is refused is counted, logged once and answered. Answers at most 30
   * times a second, twice a second where nothing is refused, and at the end.
   */
  private final class SenseStream implements StreamObserver<SenseFrame> {
    private final ServerCallStreamObserver<SenseReply> answer;
    private long taken;
    private long refused;
    private String reason = "";
    private long answeredNanos;
    private long refusalNanos;

    SenseStream(StreamObserver<SenseReply> answer) {
      this.answer = (ServerCallStreamObserver<SenseReply>) answer;
    }

    @Override
    public void onNext(SenseFrame message) {
      long now = System.nanoTime();
      String why = feel(message, now);
      if (why == null) {
        taken++;
      } else {
        refused++;
        reason = why;
        refusals.tell(message.getPerformer(), why);
      }
      if (answer.isReady() && due(why != null, now)) {
        answeredNanos = now;
        answer.onNext(reply());
      }
    }

    /** The result is null, or why the message is refused. */
    private String feel(SenseFrame message, long now) {
      String performer = message.getPerformer();
      String sense = message.getSense();
      try {
        Name.require("performer", performer);
        Name.require("sense", sense);
      } catch (IllegalArgumentException e) {
        senses.refuse();
        return e.getMessage();
      }
      try {
        return senses.feel(performer, sense, Decoding.values(message.getValueList()), now);
      } catch (IllegalArgumentException e) {
        senses.refuse(performer, sense, e.getMessage(), now);
        return e.getMessage();
      }
    }

    private boolean due(boolean refusal, long now) {
      if (refusal && (refused == 1 || now - refusalNanos >= PAUSE_NANOS)) {
        refusalNanos = now;
        return true;
      }
      return taken + refused == 1 || now - answeredNanos >= NEWS_NANOS;
    }

    private SenseReply reply() {
      return SenseReply.newBuilder().setTaken(taken).setRefused(refused).setReason(reason).build();
    }

    @Override
    public void onError(Throwable gone) {
      // Its senses become stale by themselves.
    }

    @Override
    public void onCompleted() {
      answer.onNext(reply());
      answer.onCompleted();
    }
  }
}
