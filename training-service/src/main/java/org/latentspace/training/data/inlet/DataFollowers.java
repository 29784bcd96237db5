package org.latentspace.training.data.inlet;

import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.RebuildReply;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Kits;
import org.latentspace.training.inlet.WorkThread;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.wire.MetricsTable;

/**
 * Follows the log: loops that were played become pieces, pairs that were taught are held in memory,
 * and read from the beginning at every start. A record that comes again changes nothing.
 */
@Singleton
public class DataFollowers {
  private static final Logger LOG = Logger.getLogger(DataFollowers.class);
  private static final String FOLLOWER = "training-service";
  private static final String REBUILDING = "training-service-rebuild";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DataFlow flow;
  private final WorkThread importing = new WorkThread("data-import", Thread.NORM_PRIORITY, 64);
  private final KeptLog log;
  // Its keys stand for the voices of what was played.
  private final KitMap playedKit;
  private final List<KeptLog.Following> followings = new ArrayList<>();

  @Inject
  DataFollowers(DataFlow flow, KeptLog log) {
    this.flow = flow;
    this.log = log;
    playedKit = flow.kits().named(Kits.GENERAL_MIDI);
  }

  /** Opens the data set, follows the log, and shows on the metrics page what is damaged there. */
  public void begin(MeterRegistry registry) {
    importing.execute(this::open);
    begin();
    new MetricsTable(registry, "training.data.")
        .gauge(
            "poisoned",
            "Records of the log that were passed over because they are damaged.",
            this::poisoned);
  }

  private long poisoned() {
    return followings.stream().mapToLong(KeptLog.Following::poisoned).sum();
  }

  /** So that the metrics are true before anybody asks; what is in the way is said with a call. */
  private void open() {
    try {
      flow.rhythms().open();
    } catch (UncheckedIOException broken) {
      // A start that another part refuses ends this in the middle; there is nothing to say.
      if (!(broken.getCause() instanceof ClosedByInterruptException)) {
        LOG.warn(broken.getMessage());
      }
    }
  }

  /** For what takes long and writes: one thing after the other. */
  WorkThread importing() {
    return importing;
  }

  void begin() {
    KeptLog.Start after = KeptLog.Start.WHERE_IT_WAS;
    followings.add(log.follow(Topic.RECORDED_RHYTHMS, FOLLOWER, after, this::hearRhythm));
    KeptLog.Start all = KeptLog.Start.BEGINNING;
    followings.add(log.follow(Topic.TRAINING_PAIRS, FOLLOWER, all, this::hearPair));
  }

  /** Whether what was played is a piece from now on; throws NoRoom where there is none for it. */
  boolean hearRhythm(KeptRecord record) {
    KeptMessages.Played played = KeptMessages.rhythm(record, playedKit);
    Arrival arrival = flow.novelty().judge(played.arrival(), played.askedFor());
    if (arrival == null) {
      return false;
    }
    Arrival.Outcome outcome = flow.rhythms().add(List.of(arrival)).get(0);
    if (outcome.how() == Arrival.How.REFUSED) {
      throw new NoRoom(outcome.reason());
    }
    return outcome.how() == Arrival.How.ADDED;
  }

  void hearPair(KeptRecord record) {
    if (record.value() == null) {
      flow.pairs().remove(record.key());
    } else {
      flow.pairs().put(KeptMessages.pair(record));
    }
  }

  /** Reads the log from its beginning; UNAVAILABLE where nothing comes for half a minute. */
  RebuildReply rebuild() throws Exception {
    AtomicInteger records = new AtomicInteger();
    AtomicInteger added = new AtomicInteger();
    KeptLog.Following following =
        log.follow(
            Topic.RECORDED_RHYTHMS,
            REBUILDING,
            KeptLog.Start.BEGINNING,
            record -> {
              records.incrementAndGet();
              added.addAndGet(hearRhythm(record) ? 1 : 0);
            });
    try {
      int heard = -1;
      long since = System.nanoTime();
      while (!following.caughtUp()) {
        if (records.get() != heard) {
          heard = records.get();
          since = System.nanoTime();
        } else if (System.nanoTime() - since > PATIENCE_NANOS || Thread.interrupted()) {
          throw Status.UNAVAILABLE
              .withDescription("the log does not answer: " + following.status())
              .asRuntimeException();
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } finally {
      following.close();
    }
    return RebuildReply.newBuilder().setRecords(records.get()).setPiecesAdded(added.get()).build();
  }

  @PreDestroy
  void close() throws Exception {
    importing.shutdownNow();
    for (KeptLog.Following following : followings) {
      following.close();
    }
  }
}
