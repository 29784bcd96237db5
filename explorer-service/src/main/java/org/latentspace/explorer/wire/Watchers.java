package org.latentspace.explorer.wire;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.proto.Echo;

/**
 * Those who watch the path: each gets at most 30 echoes a second and performer, and misses what it
 * is too slow for.
 */
public final class Watchers {
  private static final long PAUSE_NANOS = 1_000_000_000L / 30;
  private static final int MOST_PERFORMERS = 1024;

  private final List<Watcher> all = new CopyOnWriteArrayList<>();
  private final LongAdder missed = new LongAdder();
  private volatile int most = 32;

  /** At a time, 1..256. */
  public void bound(int mostWatchers) {
    most = mostWatchers;
  }

  /**
   * Lets one watch until it goes.
   *
   * @param performer whom to watch; empty: all
   * @return false when there is no room
   */
  public synchronized boolean add(String performer, ServerCallStreamObserver<Echo> stream) {
    if (all.size() >= most) {
      return false;
    }
    Watcher watcher = new Watcher(performer, stream);
    stream.setOnCancelHandler(() -> all.remove(watcher));
    all.add(watcher);
    return true;
  }

  public int count() {
    return all.size();
  }

  /** Echoes that slow watchers did not get. */
  public long missed() {
    return missed.sum();
  }

  /** Whether an echo of this performer is due now for anybody. */
  boolean want(String performer, long nowNanos) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).wants(performer, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  void offer(Echo echo, long nowNanos) {
    all.forEach(watcher -> watcher.offer(echo, nowNanos));
  }

  private final class Watcher {
    private final String performer;
    private final ServerCallStreamObserver<Echo> stream;
    // Guarded by this, as is the stream.
    private final Map<String, Long> lastSent = new HashMap<>();

    Watcher(String performer, ServerCallStreamObserver<Echo> stream) {
      this.performer = performer;
      this.stream = stream;
    }

    synchronized boolean wants(String name, long nowNanos) {
      Long last = lastSent.get(name);
      return watches(name) && (last == null || nowNanos - last >= PAUSE_NANOS);
    }

    private boolean watches(String name) {
      return performer.isEmpty() || performer.equals(name);
    }

    synchronized void offer(Echo echo, long nowNanos) {
      String name = echo.getOrigin().getPerformer();
      if (!(wants(name, nowNanos) || (echo.getFinished() && watches(name)))) {
        return;
      }
      if (lastSent.size() >= MOST_PERFORMERS) {
        lastSent.clear();
      }
      lastSent.put(name, nowNanos);
      if (stream.isReady()) {
        stream.onNext(echo);
      } else {
        missed.increment();
      }
    }
  }
}
