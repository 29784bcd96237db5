package org.latentspace.vae.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.library.StillComputing;
import org.latentspace.vae.rhythm.LimitExceeded;
import org.latentspace.wire.grpc.ThisCall;

/** Answers a call, or says with the right status code what is wrong with it. */
final class Replies {
  private static final Logger LOG = Logger.getLogger(Replies.class);

  private Replies() {}

  /** Makes an answer. */
  interface Answer<T> {
    T make() throws ModelFault;
  }

  /** Whether the caller has cancelled or its deadline has passed. */
  static BooleanSupplier gone(StreamObserver<?> response) {
    return response instanceof ServerCallStreamObserver<?> call
        ? call::isCancelled
        : () -> Thread.currentThread().isInterrupted();
  }

  static <T> void answer(StreamObserver<T> response, Answer<T> answer) {
    T value;
    try {
      value = ThisCall.on(response, answer::make);
    } catch (CancellationException e) {
      fail(response, Status.CANCELLED, e);
      return;
    } catch (Exception e) {
      fail(response, status(e), e);
      return;
    }
    if (!gone(response).getAsBoolean()) {
      response.onNext(value);
      response.onCompleted();
    }
  }

  private static Status status(Exception fault) {
    if (fault instanceof IllegalArgumentException || fault instanceof ModelFault) {
      return Status.INVALID_ARGUMENT;
    }
    if (fault instanceof NoSuchElementException) {
      return Status.NOT_FOUND;
    }
    if (fault instanceof IllegalStateException) {
      return Status.FAILED_PRECONDITION;
    }
    if (fault instanceof LimitExceeded) {
      return Status.RESOURCE_EXHAUSTED;
    }
    if (fault instanceof StillComputing) {
      return Status.UNAVAILABLE;
    }
    LOG.error("a call failed by a fault in this program", fault);
    return Status.INTERNAL;
  }

  private static void fail(StreamObserver<?> response, Status status, Exception fault) {
    if (!gone(response).getAsBoolean()) {
      response.onError(status.withDescription(fault.getMessage()).asRuntimeException());
    }
  }
}
