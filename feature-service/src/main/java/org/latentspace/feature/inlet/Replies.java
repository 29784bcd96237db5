package org.latentspace.feature.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.latentspace.feature.range.Refusal;

/** Answers calls that have one answer, and says of what cannot be done why. */
final class Replies {
  private Replies() {}

  /**
   * Answers: an IllegalArgumentException as INVALID_ARGUMENT, a Refusal by its kind, both with
   * their sentence.
   */
  static <T> void reply(StreamObserver<T> answer, Supplier<T> work) {
    T reply;
    try {
      reply = work.get();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
      return;
    } catch (Refusal e) {
      answer.onError(status(e.kind()).withDescription(e.getMessage()).asRuntimeException());
      return;
    } catch (IllegalArgumentException e) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
      return;
    }
    answer.onNext(reply);
    answer.onCompleted();
  }

  private static Status status(Refusal.Kind kind) {
    return switch (kind) {
      case NOT_YET -> Status.FAILED_PRECONDITION;
      case NOT_THERE -> Status.NOT_FOUND;
      case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
      case NOT_STORED -> Status.UNAVAILABLE;
    };
  }
}
