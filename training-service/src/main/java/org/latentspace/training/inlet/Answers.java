package org.latentspace.training.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.latentspace.training.storage.DamagedVersion;
import org.latentspace.training.storage.NameTaken;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.UnknownName;

/** Answers gRPC calls, and maps exceptions to their status. */
public final class Answers {
  private static final Logger LOG = Logger.getLogger(Answers.class);

  private Answers() {}

  /** Makes an answer; may take its time. */
  public interface Answer<T> {
    T make() throws InterruptedException;
  }

  public static <T> void answer(StreamObserver<T> response, Answer<T> answer) {
    T value;
    try {
      value = answer.make();
    } catch (RuntimeException | InterruptedException fault) {
      response.onError(status(fault));
      return;
    }
    response.onNext(value);
    response.onCompleted();
  }

  /** The gRPC status of a fault. */
  public static StatusRuntimeException status(Throwable fault) {
    return fault instanceof StatusRuntimeException known
        ? known
        : code(fault).withDescription(fault.getMessage()).asRuntimeException();
  }

  private static Status code(Throwable fault) {
    if (fault instanceof NoSuchElementException || fault instanceof UnknownName) {
      return Status.NOT_FOUND;
    } else if (fault instanceof NoRoom) {
      return Status.RESOURCE_EXHAUSTED;
    } else if (fault instanceof NameTaken) {
      return Status.ALREADY_EXISTS;
    } else if (fault instanceof DamagedVersion) {
      return Status.DATA_LOSS;
    } else if (fault instanceof CancellationException) {
      return Status.CANCELLED;
    } else if (fault instanceof IllegalArgumentException) {
      return Status.INVALID_ARGUMENT;
    } else if (fault instanceof IllegalStateException) {
      return Status.FAILED_PRECONDITION;
    } else if (fault instanceof UncheckedIOException || fault instanceof InterruptedException) {
      return Status.UNAVAILABLE;
    }
    LOG.error("a call has found a fault in this program", fault);
    return Status.INTERNAL;
  }
}
