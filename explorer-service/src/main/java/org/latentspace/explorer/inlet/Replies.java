package org.latentspace.explorer.inlet;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.latentspace.wire.grpc.ThisCall;

/** Answers calls: at once, or when the disk has what was asked for; faults become a status. */
final class Replies {
  interface Answer<T> {
    T make();
  }

  private Replies() {}

  static <T> void reply(StreamObserver<T> caller, Answer<T> answer) {
    T value;
    try {
      value = answer.make();
    } catch (RuntimeException e) {
      caller.onError(Teacher.status(e));
      return;
    }
    caller.onNext(value);
    caller.onCompleted();
  }

  /**
   * Answers when the stage is done; this thread waits for nothing. What waits for the disk is not
   * done any more when the caller has given up.
   */
  static <T> void later(StreamObserver<T> caller, Answer<CompletionStage<T>> answer) {
    later(caller, answer, value -> value);
  }

  /** The same for what has yet to be made a message. */
  static <V, T> void later(
      StreamObserver<T> caller, Answer<CompletionStage<V>> answer, Function<V, T> message) {
    CompletionStage<V> stored;
    try {
      stored = ThisCall.on(caller, answer::make);
    } catch (Exception e) {
      caller.onError(Teacher.status(e));
      return;
    }
    stored.whenComplete(
        (value, fault) -> {
          if (fault == null) {
            caller.onNext(message.apply(value));
            caller.onCompleted();
          } else {
            caller.onError(Teacher.status(fault));
          }
        });
  }
}
