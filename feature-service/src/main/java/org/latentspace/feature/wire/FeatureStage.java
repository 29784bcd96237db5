package org.latentspace.feature.wire;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.StageMeter;

/**
 * What inlet and outlet share: what this stage counts, the way of its echoes, and what the stages
 * before it say of themselves until a frame takes it to the right.
 */
@Singleton
public class FeatureStage {
  /** More than performers can be: of further ones all that was told is forgotten. */
  private static final int MOST_TOLD = 512;

  private final StageMeter meter = new StageMeter("feature-service");
  private final EchoRouter echoes = new EchoRouter();
  private final Map<String, List<StageStatus>> upstream = new ConcurrentHashMap<>();

  public StageMeter meter() {
    return meter;
  }

  public EchoRouter echoes() {
    return echoes;
  }

  /** What the stages before this one say of themselves. */
  public void told(String performer, List<StageStatus> stages) {
    if (!stages.isEmpty()) {
      if (upstream.size() >= MOST_TOLD) {
        upstream.clear();
      }
      upstream.put(performer, stages);
    }
  }

  /** What was told since the last time; null when nothing was. */
  public List<StageStatus> news(String performer) {
    return upstream.isEmpty() ? null : upstream.remove(performer);
  }
}
