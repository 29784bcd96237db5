package org.latentspace.feature.senses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which senses' lists are being refused at the moment, and why: the state that a musician sees.
 *
 * <p>A refusal counts until a list of the sense is taken, or for 5 s. Bounded: of more performers
 * or senses the first are remembered. Thread-safe; reading never waits.
 */
final class RefusedSenses {
  private static final int MOST_PERFORMERS = 256;

  // The lists are never written to.
  private final Map<String, List<Senses.Refused>> byPerformer = new ConcurrentHashMap<>();

  synchronized void add(String performer, String sense, String reason, long nowNanos) {
    if (byPerformer.size() >= MOST_PERFORMERS) {
      byPerformer.values().removeIf(all -> all.stream().noneMatch(one -> one.isCurrent(nowNanos)));
    }
    List<Senses.Refused> before = byPerformer.getOrDefault(performer, List.of());
    List<Senses.Refused> now = new ArrayList<>();
    long count = 1;
    for (Senses.Refused one : before) {
      if (one.name().equals(sense)) {
        count += one.count();
      } else if (one.isCurrent(nowNanos)) {
        now.add(one);
      }
    }
    boolean hasRoom = byPerformer.size() < MOST_PERFORMERS || !before.isEmpty();
    if (hasRoom && now.size() < Senses.MOST_SENSES) {
      now.add(new Senses.Refused(sense, reason, count, nowNanos));
      byPerformer.put(performer, List.copyOf(now));
    }
  }

  /** A list of this sense was taken, or the sense was forgotten. */
  void clear(String performer, String sense) {
    byPerformer.computeIfPresent(
        performer,
        (name, all) -> {
          List<Senses.Refused> left =
              all.stream().filter(one -> !one.name().equals(sense)).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** Those of a performer, in the order in which they were last refused. */
  List<Senses.Refused> of(String performer, long nowNanos) {
    List<Senses.Refused> all = byPerformer.isEmpty() ? null : byPerformer.get(performer);
    return all == null ? List.of() : all.stream().filter(one -> one.isCurrent(nowNanos)).toList();
  }
}
