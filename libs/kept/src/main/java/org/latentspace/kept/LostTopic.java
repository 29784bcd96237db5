package org.latentspace.kept;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Sends a topic again that the log has lost, as a broker came back with an empty disk or somebody
 * deleted the topic: what the disk still has, then what the services' own stores have.
 *
 * <p>The topic's new id is noted when all of that is on disk here; after a crash before that it is
 * sent once more.
 */
final class LostTopic {
  private static final Logger LOG = Logger.getLogger(LostTopic.class);
  private static final int AGAIN_MS = 1000;

  private final Topic topic;
  private final LongSupplier leftOut;
  private final List<KeptOutlet.Store> stores = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private Unsent acknowledged;
  private String id;
  private int asked;
  private long values;
  private long times;

  /**
   * @param leftOut how many of the stores' values were on the disk already, since the start
   */
  LostTopic(Topic topic, LongSupplier leftOut) {
    this.topic = topic;
    this.leftOut = leftOut;
  }

  /** A store that has values of the topic. */
  synchronized void add(KeptOutlet.Store store) {
    stores.add(store);
    if (id != null) {
      ask(store);
    }
  }

  /**
   * The topic is a new one.
   *
   * @param again values that are sent again from the disk
   */
  synchronized void found(Unsent position, String newId, int again) {
    acknowledged = position;
    id = newId;
    asked = 0;
    values = again;
    times++;
    LOG.warnf(
        "the log has lost %s (a broker with an empty disk, or the topic was deleted):"
            + " what is still here is sent again",
        topic.topicName());
    stores.forEach(this::ask);
    note();
  }

  private synchronized void ask(KeptOutlet.Store store) {
    asked++;
    String mine = id;
    long before = leftOut.getAsLong();
    CompletableFuture<Integer> kept;
    try {
      kept = store.keepAll().toCompletableFuture();
    } catch (RuntimeException fault) {
      kept = CompletableFuture.failedFuture(fault);
    }
    kept.whenComplete((count, fault) -> answered(store, mine, before, count, fault));
  }

  private synchronized void answered(
      KeptOutlet.Store store, String of, long before, Integer count, Throwable fault) {
    if (!of.equals(id)) {
      return;
    }
    asked--;
    if (fault == null) {
      values += count - (leftOut.getAsLong() - before);
      note();
      return;
    }
    asked++;
    LOG.debugf("%s is not sent again yet: %s", topic.topicName(), fault.getMessage());
    CompletableFuture.delayedExecutor(AGAIN_MS, TimeUnit.MILLISECONDS)
        .execute(() -> again(store, of));
  }

  private synchronized void again(KeptOutlet.Store store, String of) {
    if (of.equals(id)) {
      asked--;
      ask(store);
    }
  }

  private void note() {
    if (asked > 0) {
      return;
    }
    try {
      acknowledged.topicId(id);
    } catch (IOException e) {
      LOG.debugf("%s will be sent once more after a restart: %s", topic.topicName(), e);
    }
  }

  /** How often that has happened since the start. */
  synchronized long times() {
    return times;
  }

  /** What has happened since the start, in a line; empty while nothing has. */
  synchronized String remark() {
    if (times == 0) {
      return "";
    }
    return (asked == 0 ? "sent again: " : "being sent again: ")
        + values
        + (values == 1 ? " value" : " values")
        + ", as the log had lost the topic"
        + (times == 1 ? "" : " (" + times + " times since the start)");
  }
}
