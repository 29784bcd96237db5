package org.latentspace.wire.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.latentspace.performer.LimitExceeded;

/** Answers calls that have one answer; an exception becomes the status that says what is wrong. */
public final class Replies {
  private static final Logger LOG = Logger.getLogger(Replies.class);

  private Replies() {}

  /** Answers with the usual status of each exception, see {@link #status}. */
  public static <T> void answer(StreamObserver<T> caller, Callable<T> work) {
    answer(caller, work, fault -> null);
  }

  /**
   * Answers, unless the caller has given up meanwhile.
   *
   * @param work runs at once on this thread, see {@link ThisCall}
   * @param own status of the service's own exceptions; null: the usual one
   */
  public static <T> void answer(
      StreamObserver<T> caller, Callable<T> work, Function<Throwable, Status> own) {
    T value;
    try {
      value = ThisCall.on(caller, work);
    } catch (Exception e) {
      fail(caller, e, own);
      return;
    }
    if (!ThisCall.isGivenUp(caller)) {
      caller.onNext(value);
      caller.onCompleted();
    }
  }

  private static void fail(
      StreamObserver<?> caller, Exception fault, Function<Throwable, Status> own) {
    if (!ThisCall.isGivenUp(caller)) {
      Status status = own.apply(fault);
      caller.onError(
          (status == null ? status(fault) : status.withDescription(fault.getMessage()))
              .asRuntimeException());
    }
  }

  /**
   * INVALID_ARGUMENT for an IllegalArgumentException, NOT_FOUND for a NoSuchElementException,
   * FAILED_PRECONDITION for an IllegalStateException, RESOURCE_EXHAUSTED for a {@link
   * LimitExceeded}, CANCELLED and UNAVAILABLE (files) alike, each with its message; a
   * StatusRuntimeException's own. Anything else is a fault of the program: INTERNAL, and logged.
   */
  public static Status status(Throwable fault) {
    if (fault instanceof StatusRuntimeException known) {
      return known.getStatus();
    }
    return code(fault).withDescription(fault.getMessage());
  }

  private static Status code(Throwable fault) {
    if (fault instanceof IllegalArgumentException) {
      return Status.INVALID_ARGUMENT;
    } else if (fault instanceof NoSuchElementException) {
      return Status.NOT_FOUND;
    } else if (fault instanceof LimitExceeded) {
      return Status.RESOURCE_EXHAUSTED;
    } else if (fault instanceof CancellationException) {
      return Status.CANCELLED;
    } else if (fault instanceof IllegalStateException) {
      return Status.FAILED_PRECONDITION;
    } else if (fault instanceof UncheckedIOException) {
      return Status.UNAVAILABLE;
    }
    LOG.error("a call failed by a fault in this program", fault);
    return Status.INTERNAL;
  }
}
