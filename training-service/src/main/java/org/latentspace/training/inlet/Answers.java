package org.latentspace.training.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import org.latentspace.training.storage.DamagedVersion;
import org.latentspace.training.storage.NameTaken;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.wire.grpc.Replies;

/** Answers gRPC calls: {@link Replies}, which also knows this service's own exceptions. */
public final class Answers {
  private Answers() {}

  /** Answers at once on this thread, unless the caller has given up; work may take its time. */
  public static <T> void answer(StreamObserver<T> response, Callable<T> work) {
    Replies.answer(response, work, Answers::own);
  }

  /** The gRPC status of a fault. */
  public static StatusRuntimeException status(Throwable fault) {
    Status own = own(fault);
    Status status = own == null ? Replies.status(fault) : own.withDescription(fault.getMessage());
    return status.asRuntimeException();
  }

  private static Status own(Throwable fault) {
    if (fault instanceof NoRoom) {
      return Status.RESOURCE_EXHAUSTED;
    } else if (fault instanceof NameTaken) {
      return Status.ALREADY_EXISTS;
    } else if (fault instanceof DamagedVersion) {
      return Status.DATA_LOSS;
    }
    return fault instanceof InterruptedException ? Status.UNAVAILABLE : null;
  }
}
