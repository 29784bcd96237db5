package org.latentspace.vae.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.library.StillComputing;
import org.latentspace.vae.rhythm.LimitExceeded;
import org.latentspace.wire.grpc.Replies;

/** Answers calls, with a status of its own for each of the domain's exceptions. */
final class VaeReplies {
  private VaeReplies() {}

  static <T> void answer(StreamObserver<T> caller, Callable<T> work) {
    Replies.answer(caller, work, VaeReplies::status);
  }

  /** Whether the caller has cancelled or its deadline has passed. */
  static BooleanSupplier gone(StreamObserver<?> caller) {
    return caller instanceof ServerCallStreamObserver<?> call
        ? call::isCancelled
        : () -> Thread.currentThread().isInterrupted();
  }

  private static Status status(Throwable fault) {
    if (fault instanceof ModelFault) {
      return Status.INVALID_ARGUMENT;
    }
    if (fault instanceof LimitExceeded) {
      return Status.RESOURCE_EXHAUSTED;
    }
    return fault instanceof StillComputing ? Status.UNAVAILABLE : null;
  }
}
