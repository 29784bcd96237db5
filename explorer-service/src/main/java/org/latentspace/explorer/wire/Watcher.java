package org.latentspace.explorer.wire;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.Map;
import org.latentspace.proto.Echo;

/**
 * One who watches the path: gets at most 30 echoes a second and performer, and misses what it is
 * too slow for.
 */
final class Watcher {
  private static final long PAUSE_NANOS = 1_000_000_000L / 30;
  private static final int MOST_PERFORMERS = 1024;

  private final String performer;
  private final ServerCallStreamObserver<Echo> stream;
  // Guarded by this, as is the stream.
  private final Map<String, Long> lastSent = new HashMap<>();
  private long missed;

  /**
   * @param performer whom to watch; empty: all
   */
  Watcher(String performer, ServerCallStreamObserver<Echo> stream) {
    this.performer = performer;
    this.stream = stream;
  }

  /** Whether an echo of this performer is due now. */
  synchronized boolean wants(String name, long nowNanos) {
    if (!performer.isEmpty() && !performer.equals(name)) {
      return false;
    }
    Long last = lastSent.get(name);
    return last == null || nowNanos - last >= PAUSE_NANOS;
  }

  synchronized void offer(Echo echo, long nowNanos) {
    String name = echo.getOrigin().getPerformer();
    boolean meant = performer.isEmpty() || performer.equals(name);
    if (!meant || !(echo.getFinished() || wants(name, nowNanos))) {
      return;
    }
    if (lastSent.size() >= MOST_PERFORMERS) {
      lastSent.clear();
    }
    lastSent.put(name, nowNanos);
    if (stream.isReady()) {
      stream.onNext(echo);
    } else {
      missed++;
    }
  }

  synchronized long missed() {
    return missed;
  }
}
