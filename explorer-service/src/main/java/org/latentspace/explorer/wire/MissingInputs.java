package org.latentspace.explorer.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.proto.StageStatus;

/** Performers whose input is missing, and what the stages before this one say of it. */
final class MissingInputs {
  /** Who has not been told of for so long is not missing any more. */
  static final long FORGET_NANOS = 5_000_000_000L;

  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(List<StageStatus> stages, long nanos) {}

  /** Notes what is said of a performer; of so many at most. */
  void hear(String performer, List<StageStatus> stages, long nowNanos, int most) {
    forget(nowNanos);
    if (told.size() < most || told.containsKey(performer)) {
      told.put(performer, new Told(stages, nowNanos));
    }
  }

  /** By name, in the names' order. */
  Map<String, List<StageStatus>> now(long nowNanos) {
    if (told.isEmpty()) {
      return Map.of();
    }
    forget(nowNanos);
    Map<String, List<StageStatus>> all = new TreeMap<>();
    told.forEach((performer, each) -> all.put(performer, each.stages));
    return all;
  }

  private void forget(long nowNanos) {
    told.values().removeIf(each -> nowNanos - each.nanos > FORGET_NANOS);
  }
}
