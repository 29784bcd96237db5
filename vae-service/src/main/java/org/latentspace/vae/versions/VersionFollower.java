package org.latentspace.vae.versions;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.versions.ModelInventory.KnownModel;
import org.latentspace.vae.versions.ModelSource.ConfiguredModel;
import org.latentspace.vae.versions.ModelSource.Unavailable;
import org.latentspace.vae.versions.VersionThread.RetryDelay;

/**
 * Brings the version that was activated last to play, while the model before it plays on.
 *
 * <pre>
 *   activation -> wanted -> in memory? cache? source -> size, sha256, file -> warm up -> check
 *                   |                   |                  |                              |
 *                   |                   +- away: again     +------ bad: refused ----------+
 *                   +- a newer one: this one is given up                                  v
 *                                                                   ActiveModel: the next rhythm
 * </pre>
 *
 * Of activations of one model line the later one in the log holds; of several lines the one that
 * was activated last. {@link #turn} does the work and belongs to one thread; any thread may call
 * the rest.
 */
public final class VersionFollower {
  /** Nothing to do until something is activated. */
  public static final long NEVER = Long.MAX_VALUE;

  // While the log is read from its beginning, old activations come first.
  private static final long LOOK_AGAIN_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /**
   * What it works with.
   *
   * @param info takes a line when another version plays
   * @param warn takes a line when a version was refused, or cannot be had or kept now
   */
  public record Parts(
      ActiveModel activeModel,
      VersionStore cache,
      ModelSource source,
      ConfiguredModel own,
      Consumer<String> info,
      Consumer<String> warn) {}

  private final Parts parts;
  private final ActiveModel activeModel;
  private final VersionStore cache;
  private final ModelInventory inventory;
  private final String line;
  private final LongAdder played = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final AtomicLong activations = new AtomicLong();
  private volatile BooleanSupplier logIsRead = () -> true;

  // Guarded by this.
  private ModelActivation wanted;
  private ModelActivation settled;
  private long activatedNanos;
  private final RetryDelay retry = new RetryDelay();
  private String status = "ok";

  /**
   * @param line the one line of versions that is played; empty: whichever was activated last
   */
  public VersionFollower(Parts parts, String line) {
    this.parts = parts;
    this.activeModel = parts.activeModel();
    this.cache = parts.cache();
    this.inventory = new ModelInventory(activeModel, cache);
    this.line = line;
  }

  /** Notes the player's own model, which plays already, if there is one. */
  public void ownPlays() {
    activeModel.loaded().findFirst().ifPresent(inventory::setOwn);
  }

  /** Lets the version that played last play, if it is on this disk: no neighbour is needed. */
  public void begin() {
    cache.sweep();
    ModelActivation last = cache.last();
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
        activeModel.put(last.name(), model);
        settle(last);
      } catch (ModelFault e) {
        refuse(last, e.getMessage());
      }
    }
  }

  /** Sets how to ask whether the log has been read up to now. */
  public void readWhen(BooleanSupplier caughtUp) {
    logIsRead = caughtUp;
  }

  /**
   * A version was activated; the same activation again changes nothing.
   *
   * @param nowNanos of a clock that never runs back, the one of {@link #turn}
   */
  public synchronized void follow(ModelActivation activated, long nowNanos) {
    activatedNanos = nowNanos;
    boolean older = wanted != null && activated.isOfAnOlderTime(wanted);
    if (!isFollowed(activated) || older || activated.equals(wanted)) {
      return;
    }
    wanted = activated;
    activations.incrementAndGet();
    retry.reset();
    status = activated.equals(settled) ? "ok" : activated.name() + " is being fetched";
  }

  private boolean isFollowed(ModelActivation activated) {
    return line.isEmpty() || line.equals(activated.model());
  }

  /**
   * Does what is to be done now; blocks while it fetches.
   *
   * @return when it wants to be called next, unless a version is activated before
   */
  public long turn(long nowNanos) {
    ModelActivation next;
    synchronized (this) {
      next = wanted;
      if (next == null || next.equals(settled)) {
        return NEVER;
      }
      if (!logIsRead.getAsBoolean() && nowNanos - activatedNanos < PATIENCE_NANOS) {
        return nowNanos + LOOK_AGAIN_NANOS;
      }
      if (nowNanos < retry.dueNanos()) {
        return retry.dueNanos();
      }
    }
    try {
      play(next);
    } catch (ModelFault e) {
      refuse(next, e.getMessage());
    } catch (Unavailable e) {
      retryLater(next, e.getMessage(), nowNanos);
    } catch (RuntimeException | OutOfMemoryError e) {
      // A fault that a file causes must not silence the model that plays.
      refuse(next, "version " + next.name() + ": " + e);
    }
    return nowNanos;
  }

  private void play(ModelActivation next) throws ModelFault, Unavailable {
    BooleanSupplier givenUp = () -> isSuperseded(next);
    Model model = next.isOwn() ? parts.own().read() : inMemory(next);
    if (model == null) {
      model = cache.read(next);
    }
    byte[] fetched = null;
    if (model == null) {
      fetched = fetch(next, givenUp);
      model = next.verify(fetched);
    }
    ModelWarmUp.run(model, givenUp);
    if (givenUp.getAsBoolean()) {
      return;
    }
    ActiveModel.Playing now = activeModel.playing();
    if (now == null || !now.model().sha256().equals(model.sha256())) {
      activeModel.put(next.name(), model);
    }
    settle(next);
    played.increment();
    parts.info().accept("version " + next.name() + " plays");
    remember(next, fetched);
  }

  private Model inMemory(ModelActivation next) {
    Stream<Model> same = activeModel.loaded().filter(m -> m.sha256().equals(next.sha256()));
    return same.findFirst().map(m -> m.named(next.version())).orElse(null);
  }

  private byte[] fetch(ModelActivation next, BooleanSupplier givenUp)
      throws ModelFault, Unavailable {
    long most = ModelActivation.MOST_BYTES;
    if (next.bytes() > most) {
      throw new ModelFault(
          next.name(), "is larger than " + most + " bytes: " + next.bytes() + " are announced");
    }
    return parts.source().fetch(next, givenUp);
  }

  /** Only what has proved playable is kept. */
  private void remember(ModelActivation now, byte[] fetched) {
    try {
      if (fetched != null) {
        cache.put(now, fetched);
      }
      cache.played(now);
    } catch (IOException e) {
      parts.warn().accept("version " + now.name() + " plays, but cannot be kept on disk: " + e);
    }
    Set<String> spared = activeModel.loaded().map(Model::sha256).collect(Collectors.toSet());
    spared.add(now.sha256());
    cache.trim(spared);
  }

  private synchronized boolean isSuperseded(ModelActivation next) {
    return !Objects.equals(next, wanted);
  }

  private synchronized void settle(ModelActivation next) {
    settled = next;
    inventory.settle(next);
    status = "ok";
  }

  private void refuse(ModelActivation next, String reason) {
    synchronized (this) {
      settled = next;
      status = next.name() + " is refused: " + reason;
    }
    inventory.refuse(next, reason);
    refusals.increment();
    parts.warn().accept("refused, the old model plays on: " + reason);
  }

  private synchronized void retryLater(ModelActivation next, String why, long nowNanos) {
    if (!next.equals(wanted)) {
      return;
    }
    if (retry.isFirst()) {
      parts.warn().accept("version " + next.name() + " is not here yet and is tried again: " + why);
    }
    retry.failed(nowNanos);
    status = next.name() + " is not here yet: " + why;
    retries.increment();
  }

  /** The model of a version that is on this disk, by the version's name; null when it is not. */
  public Model cached(String version) {
    return cache.read(version);
  }

  /** All models that are here, fetched or refused; the one that plays first. */
  public synchronized List<KnownModel> known() {
    boolean fetching = wanted != null && !wanted.equals(settled);
    return inventory.all(fetching ? wanted : null, status);
  }

  /** The line of versions that a model belongs to; empty for a file of this player. */
  String lineOf(Model model) {
    return inventory.lineOf(model);
  }

  /** How many activations were followed; changes with each. */
  long activations() {
    return activations.get();
  }

  /** "ok", or why the version that was activated last does not play. */
  public synchronized String status() {
    return status;
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
