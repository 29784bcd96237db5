package org.latentspace.wire;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Origin;

/**
 * Sends the echo back to the left-hand neighbour: at most 30 a second and performer, every one of a
 * lossless stream, and never waits.
 *
 * <p>An echo for which it is too early, or for which the stream is not ready, is left out: the next
 * one says all that it said. Echoes that end something ({@code finished}) are never left out.
 *
 * <p>With each performer the left-hand neighbour may send {@value #AHEAD} messages more before the
 * first is dealt with, at most {@value #MOST_AHEAD}.
 */
public final class EchoOutlet {
  private static final long PAUSE_NANOS = 1_000_000_000L / 30;
  private static final int MOST_PERFORMERS = 1024;
  // Blocks of 256 samples: 70 ms, so that a pause of the collector costs nobody sound.
  private static final int AHEAD = 12;
  private static final int MOST_AHEAD = 1024;

  private final ServerCallStreamObserver<Echo> stream;
  // Guarded by this, as is the stream.
  private final Map<String, Long> lastSent = new HashMap<>();
  private boolean open = true;
  private int ahead;

  /**
   * @param stream the response side of a bidirectional call, as the server's method got it
   */
  public EchoOutlet(StreamObserver<Echo> stream) {
    this.stream = (ServerCallStreamObserver<Echo>) stream;
    this.stream.setOnCancelHandler(this::forget);
  }

  /**
   * Whether an echo for this origin would be sent now; spares the sender making one in vain.
   *
   * @param nowNanos of {@link System#nanoTime}
   */
  public synchronized boolean wants(Origin origin, long nowNanos) {
    if (!open) {
      return false;
    }
    if (origin.getLossless()) {
      return true;
    }
    Long last = lastSent.get(origin.getPerformer());
    return (last == null || nowNanos - last >= PAUSE_NANOS) && stream.isReady();
  }

  /**
   * Sends the echo if it is time and the stream is ready.
   *
   * @param nowNanos of {@link System#nanoTime}
   * @return whether it was sent
   */
  public synchronized boolean offer(Echo echo, long nowNanos) {
    if (!open || !(echo.getFinished() || wants(echo.getOrigin(), nowNanos))) {
      return false;
    }
    if (lastSent.size() >= MOST_PERFORMERS) {
      lastSent.clear();
    }
    if (lastSent.put(echo.getOrigin().getPerformer(), nowNanos) == null && ahead < MOST_AHEAD) {
      ahead += AHEAD;
      stream.request(AHEAD);
    }
    stream.onNext(echo);
    return true;
  }

  /** Ends the response when the left-hand neighbour has ended its stream. */
  public synchronized void complete() {
    if (open) {
      open = false;
      stream.onCompleted();
    }
  }

  /** The left-hand neighbour is gone: nothing is sent any more. */
  public synchronized void forget() {
    open = false;
    lastSent.clear();
  }
}
