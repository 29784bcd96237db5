package org.latentspace.feature.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import org.latentspace.feature.range.Refusal;
import org.latentspace.wire.grpc.Replies;

/** Answers calls that have one answer; a Refusal by its kind. */
final class FeatureReplies {
  private FeatureReplies() {}

  static <T> void answer(StreamObserver<T> caller, Callable<T> work) {
    Replies.answer(caller, work, FeatureReplies::status);
  }

  private static Status status(Throwable fault) {
    if (!(fault instanceof Refusal refusal)) {
      return null;
    }
    return switch (refusal.kind()) {
      case NOT_YET -> Status.FAILED_PRECONDITION;
      case NOT_THERE -> Status.NOT_FOUND;
      case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
      case NOT_STORED -> Status.UNAVAILABLE;
    };
  }
}
