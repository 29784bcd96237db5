package org.latentspace.training.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;

/**
 * Sends a long answer piece by piece, as fast as the other side takes it: nothing piles up here.
 *
 * @param <T> a piece
 */
public final class StreamWriter<T> {
  private final ServerCallStreamObserver<T> response;
  private final Iterator<T> pieces;
  private final Runnable end;
  // Guarded by this.
  private boolean over;

  private StreamWriter(StreamObserver<T> response, Iterator<T> pieces, Runnable end) {
    this.response = (ServerCallStreamObserver<T>) response;
    this.pieces = pieces;
    this.end = end;
  }

  /**
   * To be called within the call's own method.
   *
   * @param end runs once, when all is sent or the other side has gone
   */
  public static <T> void pour(StreamObserver<T> response, Iterator<T> pieces, Runnable end) {
    StreamWriter<T> pour = new StreamWriter<>(response, pieces, end);
    pour.response.setOnCancelHandler(pour::finish);
    pour.response.setOnReadyHandler(pour::go);
    pour.go();
  }

  private synchronized void go() {
    if (over) {
      return;
    }
    try {
      while (response.isReady() && pieces.hasNext()) {
        response.onNext(pieces.next());
      }
    } catch (RuntimeException fault) {
      finish();
      response.onError(Answers.status(fault));
      return;
    }
    if (!pieces.hasNext()) {
      finish();
      response.onCompleted();
    }
  }

  private synchronized void finish() {
    if (!over) {
      over = true;
      end.run();
    }
  }
}
