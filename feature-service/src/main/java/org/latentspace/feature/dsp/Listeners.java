package org.latentspace.feature.dsp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A listener for every performer, each with a state of its own; at most so many. When all places
 * are taken, the silent performer who was heard longest ago makes room; when nobody is silent, the
 * new one is refused. Different performers may be heard from different threads.
 */
public final class Listeners {
  private final int most;
  private final Function<String, EarSettings> settings;
  private final Function<String, Company> company;
  private final Map<String, Listener> byPerformer = new ConcurrentHashMap<>();
  private final AtomicLong blocks = new AtomicLong();

  /** most: 1..256 performers; settings: by the performer's name. */
  public Listeners(int most, Function<String, EarSettings> settings) {
    this(most, settings, name -> Company.none(settings.apply(name).scaling()));
  }

  /** company: a new one for every new listener, by the performer's name. */
  public Listeners(
      int most, Function<String, EarSettings> settings, Function<String, Company> company) {
    this.most = most;
    this.settings = settings;
    this.company = company;
  }

  /**
   * Hears a block and puts its frames, if it completes any, into the sink. now: of System.nanoTime,
   * tells which senses are stale.
   */
  public Verdict hear(Block block, long nowNanos, FrameSink sink) {
    Listener listener = byPerformer.get(block.performer());
    if (listener == null) {
      listener = admit(block.performer());
    }
    if (listener == null) {
      return Verdict.NO_ROOM;
    }
    Verdict verdict = listener.hear(block, blocks.incrementAndGet(), nowNanos, sink);
    if (block.last() && !verdict.refused()) {
      byPerformer.remove(block.performer(), listener);
    }
    return verdict;
  }

  private synchronized Listener admit(String performer) {
    if (!byPerformer.containsKey(performer) && byPerformer.size() >= most && !makeRoom()) {
      return null;
    }
    return byPerformer.computeIfAbsent(
        performer, name -> new Listener(settings.apply(name), company.apply(name)));
  }

  private boolean makeRoom() {
    String oldest = null;
    long heardAt = Long.MAX_VALUE;
    for (Map.Entry<String, Listener> entry : byPerformer.entrySet()) {
      Listener listener = entry.getValue();
      if (listener.silent() && listener.heardAt() < heardAt) {
        oldest = entry.getKey();
        heardAt = listener.heardAt();
      }
    }
    return oldest != null && byPerformer.remove(oldest) != null;
  }

  /** Performers being listened to. */
  public int size() {
    return byPerformer.size();
  }
}
