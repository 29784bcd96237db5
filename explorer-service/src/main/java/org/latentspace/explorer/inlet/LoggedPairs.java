package org.latentspace.explorer.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.wire.NamedStatus;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.TrainingPair;

/**
 * Reads the topic training-pairs once from its beginning when this machine's disk has no pairs, as
 * when it is a new one. Nobody waits for it.
 */
@ApplicationScoped
public class LoggedPairs implements NamedStatus {
  private static final Logger LOG = Logger.getLogger(LoggedPairs.class);
  private static final String FOLLOWER = "explorer-service-pairs";
  private static final int LOOK_MS = 50;
  private static final int AGAIN_MS = 1000;

  private final PairDisk disk;
  private final KeptLog log;
  private final Map<String, Pair> pairs = Collections.synchronizedMap(new LinkedHashMap<>());
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile KeptLog.Following following;
  private volatile String state = "not read: the disk had pairs";

  @Inject
  LoggedPairs(PairDisk disk, KeptLog log) {
    this.disk = disk;
    this.log = log;
  }

  /** After the disk was read. */
  public void begin() {
    if (disk.isLogUnread()) {
      following = log.follow(Topic.TRAINING_PAIRS, FOLLOWER, KeptLog.Start.BEGINNING, this::hear);
      Thread thread = new Thread(this::read, "read-training-pairs");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Throws IllegalArgumentException, which the log counts and skips, for what is no pair. */
  private void hear(KeptRecord record) {
    if (record.value() == null) {
      pairs.remove(record.key());
      return;
    }
    try {
      Pair pair = PairWire.pair(TrainingPair.parseFrom(record.value()));
      String key = pair.performer() + "/" + pair.name();
      if (!key.equals(record.key())) {
        throw new IllegalArgumentException("holds " + key);
      }
      pairs.put(key, pair);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("is no TrainingPair: " + e.getMessage(), e);
    }
  }

  private void read() {
    try (KeptLog.Following reading = following) {
      while (!reading.caughtUp()) {
        state = "reading: " + pairs.size() + " pairs so far, log " + reading.status();
        if (ended.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      return;
    }
    try {
      while (!takeOver() && !ended.await(AGAIN_MS, TimeUnit.MILLISECONDS)) {
        // The disk does not take them yet.
      }
    } catch (InterruptedException e) {
      // Nobody of ours interrupts: who does wants an end.
    }
  }

  private boolean takeOver() {
    try {
      int taken = disk.takeOver(pairs.values()).toCompletableFuture().join();
      state = "read " + taken + (taken == 1 ? " pair" : " pairs") + " from training-pairs";
      if (taken > 0) {
        LOG.infof("the disk had no pairs: %s", state);
      }
      pairs.clear();
      return true;
    } catch (CompletionException e) {
      state = pairs.size() + " pairs of training-pairs wait: " + e.getCause().getMessage();
      return false;
    }
  }

  @Override
  public String name() {
    return "pairs of the log";
  }

  @Override
  public String status() {
    return state;
  }

  void close(@Observes ShutdownEvent end) {
    ended.countDown();
    if (following != null) {
      following.close();
    }
  }
}
