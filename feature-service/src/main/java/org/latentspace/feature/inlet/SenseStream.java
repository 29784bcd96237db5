package org.latentspace.feature.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.latentspace.feature.senses.Senses;
import org.latentspace.performer.Name;
import org.latentspace.proto.SenseFrame;
import org.latentspace.proto.SenseReply;
import org.latentspace.wire.RefusalLog;

/**
 * One sender's senses; what is refused is counted, logged once and answered. Answers at most 30
 * times a second, twice a second where nothing is refused, and at the end.
 */
final class SenseStream implements StreamObserver<SenseFrame> {
  private static final long PAUSE_NANOS = 1_000_000_000L / 30;
  private static final long NEWS_NANOS = 500_000_000L;

  private final Senses senses;
  private final RefusalLog refusals;
  private final ServerCallStreamObserver<SenseReply> answer;
  private long taken;
  private long refused;
  private String reason = "";
  private long answeredNanos;
  private long refusalNanos;

  SenseStream(Senses senses, RefusalLog refusals, ServerCallStreamObserver<SenseReply> answer) {
    this.senses = senses;
    this.refusals = refusals;
    this.answer = answer;
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
