package org.latentspace.feature.wire;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutlet;

/**
 * Hands echoes on to the left-hand neighbour that sends the performer's sound, and keeps what that
 * one says of itself until a frame takes it to the right.
 */
@ApplicationScoped
public class FeatureEchoes {
  /** More than performers can be: who is refused has a way back, too. */
  private static final int MOST_WAYS = 512;

  private final Map<String, EchoOutlet> ways = new ConcurrentHashMap<>();
  private final Map<String, List<StageStatus>> upstream = new ConcurrentHashMap<>();

  /** From now on this performer's echoes go this way. */
  public void follow(String performer, EchoOutlet left) {
    if (ways.get(performer) != left) {
      if (ways.size() >= MOST_WAYS) {
        ways.clear();
        upstream.clear();
      }
      ways.put(performer, left);
    }
  }

  /** What the stages before this one say of themselves. */
  public void told(String performer, List<StageStatus> stages) {
    if (!stages.isEmpty()) {
      upstream.put(performer, stages);
    }
  }

  /** What was told since the last time; null when nothing was. */
  public List<StageStatus> news(String performer) {
    return upstream.isEmpty() ? null : upstream.remove(performer);
  }

  /** The left-hand neighbour is gone. */
  public void forget(EchoOutlet left) {
    ways.values().removeIf(way -> way == left);
  }

  /** Adds this stage to what came from the right, if it is time for an echo. */
  public void offer(Echo echo, Supplier<StageStatus> ownStage) {
    EchoOutlet left = ways.get(echo.getOrigin().getPerformer());
    long now = System.nanoTime();
    if (left != null && (echo.getFinished() || left.wants(echo.getOrigin(), now))) {
      Echo.Builder whole = echo.toBuilder().clearStages().addStages(ownStage.get());
      left.offer(whole.addAllStages(echo.getStagesList()).build(), now);
    }
  }

  /** The echo of a block about which the right-hand side will say nothing. */
  public void own(Origin origin, Supplier<StageStatus> ownStage) {
    offer(Echo.newBuilder().setOrigin(origin).build(), ownStage);
  }
}
