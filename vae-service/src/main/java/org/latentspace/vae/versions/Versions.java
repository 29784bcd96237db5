package org.latentspace.vae.versions;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelStand;

/**
 * Brings the version that was activated last to the stand, while what plays plays on.
 *
 * <pre>
 *   activation -> wanted -> in memory? cache? source -> size, sha256, file -> warm up -> probe
 *                   |                   |                  |                              |
 *                   |                   +- away: again     +------ bad: refused ----------+
 *                   +- a newer one: this one is given up                                  v
 *                                                                    stand: the next rhythm
 * </pre>
 *
 * Of activations of one model line the later one in the log holds; of several lines the one that
 * was activated last. {@link #turn} does the work and belongs to one thread; anybody may call the
 * rest.
 */
public final class Versions {
  /** Nothing to do until something is heard. */
  public static final long NEVER = Long.MAX_VALUE;

  static final long FIRST_PAUSE_NANOS = 500_000_000;
  static final long LONGEST_PAUSE_NANOS = 15_000_000_000L;
  // While the log is read from its beginning, old activations come first.
  private static final long LOOK_AGAIN_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** What it works with. */
  public record Parts(
      ModelStand stand, VersionCache cache, ModelSource source, OwnModel own, News news) {}

  private final Parts parts;
  private final ModelStand stand;
  private final VersionCache cache;
  private final Holdings holdings;
  private final String line;
  private final LongAdder played = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final AtomicLong heard = new AtomicLong();
  private volatile BooleanSupplier heardAll = () -> true;

  // Guarded by this.
  private Activated wanted;
  private Activated settled;
  private long heardNanos;
  private long retryNanos = Long.MIN_VALUE;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private String weather = "ok";

  /**
   * @param line the one line of versions that is played; empty: whichever was activated last
   */
  public Versions(Parts parts, String line) {
    this.parts = parts;
    this.stand = parts.stand();
    this.cache = parts.cache();
    this.holdings = new Holdings(stand, cache);
    this.line = line;
  }

  /** Notes the player's own model, which plays already, if there is one. */
  public void ownPlays() {
    loaded().findFirst().ifPresent(holdings::own);
  }

  /** Lets the version that played last play, if it is on this disk: nobody else is needed. */
  public void begin() {
    cache.sweep();
    Activated last = cache.last();
    if (last == null || !isFollowed(last)) {
      return;
    }
    synchronized (this) {
      wanted = last;
      settled = last.isOwn() ? last : null;
    }
    Model model = last.isOwn() ? null : cache.read(last);
    if (model != null) {
      try {
        stand.put(last.name(), model);
        settle(last);
      } catch (ModelFault e) {
        refuse(last, e.getMessage());
      }
    }
  }

  /** Tells how to know that the log has been read up to now. */
  public void heardAllWhen(BooleanSupplier caughtUp) {
    heardAll = caughtUp;
  }

  /**
   * Hears that a version was activated; hearing it again changes nothing.
   *
   * @param nowNanos of a clock that never runs back, the one of {@link #turn}
   */
  public synchronized void hear(Activated activated, long nowNanos) {
    heardNanos = nowNanos;
    boolean older = wanted != null && activated.isOfAnOlderTime(wanted);
    if (!isFollowed(activated) || older || activated.equals(wanted)) {
      return;
    }
    wanted = activated;
    heard.incrementAndGet();
    retryNanos = Long.MIN_VALUE;
    pauseNanos = FIRST_PAUSE_NANOS;
    weather = activated.equals(settled) ? "ok" : activated.name() + " is being fetched";
  }

  private boolean isFollowed(Activated activated) {
    return line.isEmpty() || line.equals(activated.model());
  }

  /**
   * Does what is to be done now; blocks while it fetches.
   *
   * @return when it wants to be called next, unless something is heard before
   */
  public long turn(long nowNanos) {
    Activated next;
    synchronized (this) {
      next = wanted;
      if (next == null || next.equals(settled)) {
        return NEVER;
      }
      if (!heardAll.getAsBoolean() && nowNanos - heardNanos < PATIENCE_NANOS) {
        return nowNanos + LOOK_AGAIN_NANOS;
      }
      if (nowNanos < retryNanos) {
        return retryNanos;
      }
    }
    try {
      bring(next);
    } catch (ModelFault e) {
      refuse(next, e.getMessage());
    } catch (SourceAway e) {
      later(next, e.getMessage(), nowNanos);
    } catch (RuntimeException | OutOfMemoryError e) {
      // Whatever a file sets off must not silence what plays.
      refuse(next, "version " + next.name() + ": " + e);
    }
    return nowNanos;
  }

  private void bring(Activated next) throws ModelFault, SourceAway {
    BooleanSupplier givenUp = () -> isSuperseded(next);
    Model model = next.isOwn() ? parts.own().read() : inMemory(next);
    if (model == null) {
      model = cache.read(next);
    }
    byte[] fetched = null;
    if (model == null) {
      fetched = fetch(next, givenUp);
      model = VersionCache.verified(next, fetched);
    }
    WarmUp.run(model, givenUp);
    if (givenUp.getAsBoolean()) {
      return;
    }
    ModelStand.Playing now = stand.playing();
    if (now == null || !now.model().sha256().equals(model.sha256())) {
      stand.put(next.name(), model);
    }
    settle(next);
    played.increment();
    parts.news().good("version " + next.name() + " plays");
    remember(next, fetched);
  }

  private Model inMemory(Activated next) {
    return loaded()
        .filter(model -> model.sha256().equals(next.sha256()))
        .findFirst()
        .map(model -> model.named(next.version()))
        .orElse(null);
  }

  private Stream<Model> loaded() {
    return Stream.of(Optional.ofNullable(stand.playing()), Optional.ofNullable(stand.before()))
        .flatMap(Optional::stream)
        .map(ModelStand.Playing::unbent);
  }

  private byte[] fetch(Activated next, BooleanSupplier givenUp) throws ModelFault, SourceAway {
    if (next.bytes() > Activated.MOST_BYTES) {
      throw new ModelFault(
          next.name(),
          "is larger than " + Activated.MOST_BYTES + " bytes: " + next.bytes() + " are announced");
    }
    return parts.source().fetch(next, givenUp);
  }

  /** Only what has proved playable is kept. */
  private void remember(Activated now, byte[] fetched) {
    try {
      if (fetched != null) {
        cache.put(now, fetched);
      }
      cache.played(now);
    } catch (IOException e) {
      parts.news().bad("version " + now.name() + " plays, but cannot be kept on disk: " + e);
    }
    Set<String> spared = loaded().map(Model::sha256).collect(Collectors.toSet());
    spared.add(now.sha256());
    cache.trim(spared);
  }

  private synchronized boolean isSuperseded(Activated next) {
    return !Objects.equals(next, wanted);
  }

  private synchronized void settle(Activated next) {
    settled = next;
    holdings.settle(next);
    weather = "ok";
  }

  private void refuse(Activated next, String reason) {
    synchronized (this) {
      settled = next;
      weather = next.name() + " is refused: " + reason;
    }
    holdings.refuse(next, reason);
    refusals.increment();
    parts.news().bad("refused, the old model plays on: " + reason);
  }

  private synchronized void later(Activated next, String why, long nowNanos) {
    if (!next.equals(wanted)) {
      return;
    }
    if (pauseNanos == FIRST_PAUSE_NANOS) {
      parts.news().bad("version " + next.name() + " is not here yet and is tried again: " + why);
    }
    retryNanos = nowNanos + pauseNanos;
    pauseNanos = Math.min(LONGEST_PAUSE_NANOS, pauseNanos * 2);
    weather = next.name() + " is not here yet: " + why;
    retries.increment();
  }

  /** The model of a version that is on this disk, by the version's name; null when it is not. */
  public Model cached(String version) {
    return cache.read(version);
  }

  /** All that is held, what plays first. */
  public synchronized List<Held> held() {
    boolean fetching = wanted != null && !wanted.equals(settled);
    return holdings.all(fetching ? wanted : null, weather);
  }

  /** The line of versions that a model belongs to; empty for a file of this player. */
  String lineOf(Model model) {
    return holdings.lineOf(model);
  }

  /** How many activations were followed; changes with each. */
  long heard() {
    return heard.get();
  }

  /** "ok", or why the version that was activated last does not play. */
  public synchronized String weather() {
    return weather;
  }

  /** Activated versions that took over. */
  public long played() {
    return played.sum();
  }

  /** Activated versions that were refused. */
  public long refused() {
    return refusals.sum();
  }

  /** How often a version could not be had and was to be tried again. */
  public long retries() {
    return retries.sum();
  }
}
