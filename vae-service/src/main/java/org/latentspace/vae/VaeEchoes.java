package org.latentspace.vae;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latentspace.proto.Echo;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutlet;

/**
 * Hands echoes on leftwards, each by the stream that its performer's points come from, with this
 * stage's status before those of the stages on the right.
 */
@Singleton
public class VaeEchoes {
  // Performers whose way back is kept; beyond, a new one gets no echo.
  private static final int MOST_ROUTES = 1024;

  private final Map<String, EchoOutlet> routes = new ConcurrentHashMap<>();
  private volatile Supplier<StageStatus> status = StageStatus::getDefaultInstance;

  /** Tells where this stage's status is to be had. */
  public void describe(Supplier<StageStatus> ownStatus) {
    status = ownStatus;
  }

  /** The performer's points come from there now. */
  public void route(String performer, EchoOutlet left) {
    if (routes.get(performer) != left
        && (routes.size() < MOST_ROUTES || routes.containsKey(performer))) {
      routes.put(performer, left);
    }
  }

  /** Nothing comes from there any more. */
  public void forget(EchoOutlet left) {
    routes.values().removeIf(route -> route == left);
  }

  /** Hands an echo on to whoever the performer's points come from, if it is time. */
  public void hand(Echo echo) {
    EchoOutlet left = routes.get(echo.getOrigin().getPerformer());
    if (left != null) {
      hand(echo, left);
    }
  }

  /** Hands an echo to this neighbour, if it is time. */
  public void hand(Echo echo, EchoOutlet left) {
    long now = System.nanoTime();
    if (echo.getFinished() || left.wants(echo.getOrigin(), now)) {
      left.offer(echo.toBuilder().addStages(0, status.get()).build(), now);
    }
  }
}
