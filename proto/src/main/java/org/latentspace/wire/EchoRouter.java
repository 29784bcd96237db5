package org.latentspace.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latentspace.proto.Echo;
import org.latentspace.proto.StageStatus;

/**
 * Sends echoes leftwards, each on the stream from which its performer's messages come, with the
 * status of this stage before those of the stages on the right.
 *
 * <pre>
 *   echo from the right, or made here -> route of its performer -> time for one? -> EchoOutlet
 * </pre>
 *
 * <p>Thread-safe; never waits.
 */
public final class EchoRouter {
  /** Routes at a time; a further performer gets no echo. */
  public static final int MOST_ROUTES = 1024;

  private final Map<String, EchoOutlet> routes = new ConcurrentHashMap<>();
  private volatile Supplier<StageStatus> status = StageStatus::getDefaultInstance;

  /** Sets where this stage's status comes from. */
  public void describe(Supplier<StageStatus> ownStatus) {
    status = ownStatus;
  }

  /** From now on the performer's echoes take this stream. */
  public void route(String performer, EchoOutlet left) {
    if (routes.get(performer) != left
        && (routes.size() < MOST_ROUTES || routes.containsKey(performer))) {
      routes.put(performer, left);
    }
  }

  /** The same, unless another stream has the performer: then false. */
  public boolean claim(String performer, EchoOutlet left) {
    EchoOutlet holder = routes.putIfAbsent(performer, left);
    return holder == null || holder == left;
  }

  /** The stream has ended; its performers are free for another. */
  public void release(EchoOutlet left) {
    routes.values().removeIf(holder -> holder == left);
  }

  /** Sends an echo on its performer's stream, if there is one and it is time. */
  public void send(Echo echo) {
    EchoOutlet left = routes.get(echo.getOrigin().getPerformer());
    if (left != null) {
      send(echo, left);
    }
  }

  /** Sends an echo on this stream, if it is time. */
  public void send(Echo echo, EchoOutlet left) {
    long now = System.nanoTime();
    if (echo.getFinished() || left.wants(echo.getOrigin(), now)) {
      left.offer(echo.toBuilder().addStages(0, status.get()).build(), now);
    }
  }
}
