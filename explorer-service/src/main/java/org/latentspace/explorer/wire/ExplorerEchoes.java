package org.latentspace.explorer.wire;

import io.grpc.stub.ServerCallStreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Exploring;
import org.latentspace.proto.RefusedSense;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.OriginWire;

/**
 * Hands the echo on: what vae-service returned, with what was heard here, leftwards and to those
 * who watch.
 *
 * <p>An echo from the right carries everything. When none has come for a while (the point is not
 * handed on, or vae-service is gone) the frames themselves are echoed, so that the screen stays
 * alive. In a lossless stream each frame is echoed exactly once: by the right if its point went on,
 * else from here.
 */
@ApplicationScoped
public class ExplorerEchoes {
  private static final long QUIET_NANOS = 100_000_000L;
  private static final long STATUS_NANOS = 200_000_000L;

  private final Map<String, Way> ways = new ConcurrentHashMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final MissingInputs missing = new MissingInputs();
  private final LongAdder returned = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private volatile int mostWatchers = 32;
  private volatile Supplier<StageStatus> stage;
  private volatile Supplier<String> neighbour = () -> "";
  private volatile StageStatus status =
      StageStatus.newBuilder().setStage(ExplorerMeter.STAGE).build();
  private volatile String told = "";
  private volatile long statusNanos = System.nanoTime() - STATUS_NANOS;

  @Inject Performers performers;
  @Inject MappingFaults faults;
  @Inject HeldPairs held;

  /** Where a performer's echoes go, and what the right has said last. */
  private static final class Way {
    private volatile EchoOutlet left;
    private volatile Echo right = Echo.getDefaultInstance();
    private volatile List<StageStatus> upstream = List.of();
    private volatile List<RefusedSense> refused = List.of();
    private volatile long returnedNanos = System.nanoTime() - 2 * QUIET_NANOS;
  }

  public void boundWatchers(int most) {
    mostWatchers = most;
  }

  /** Who says what this stage counts, and how its neighbour is. */
  public void describe(Supplier<StageStatus> counts, Supplier<String> neighbour) {
    stage = counts;
    this.neighbour = neighbour;
  }

  /** From now on this performer's echoes go to this left-hand neighbour. */
  public void follow(String performer, EchoOutlet left) {
    Way way = ways.get(performer);
    if (way == null) {
      if (ways.size() >= 2 * performers.most()) {
        ways.keySet().removeIf(name -> !performers.isPresent(name));
      }
      way = ways.computeIfAbsent(performer, name -> new Way());
    }
    way.left = left;
  }

  /** What the stages before this one say of themselves; for those who watch. */
  public void told(String performer, List<StageStatus> stages) {
    Way way = stages.isEmpty() ? null : ways.get(performer);
    if (way != null) {
      way.upstream = stages;
    }
  }

  /** Which of the performer's senses are refused at the moment. */
  public void refused(String performer, List<RefusedSense> senses) {
    Way way = ways.get(performer);
    if (way != null) {
      way.refused = senses;
    }
  }

  /** A performer's input is missing: all that comes is what the stages before this one say. */
  public void missing(String performer, List<StageStatus> stages, long nowNanos) {
    told(performer, stages);
    missing.hear(performer, stages, nowNanos, performers.most());
  }

  /** Of whom nothing comes but that, by name. */
  public Map<String, List<StageStatus>> missing(long nowNanos) {
    return missing.now(nowNanos);
  }

  /**
   * A frame has been worked on.
   *
   * @param goesOn its point was handed on, so an echo will return
   */
  public void heard(Performer performer, boolean goesOn, long nowNanos) {
    Way way = ways.get(performer.name());
    if (way == null) {
      return;
    }
    boolean lossless = performer.frame().origin().lossless();
    if (lossless ? !goesOn : nowNanos - way.returnedNanos > QUIET_NANOS) {
      offer(performer, way, null, nowNanos);
    }
  }

  /** An echo has come back from vae-service. */
  public void returned(Echo echo) {
    returned.increment();
    Way way = ways.get(echo.getOrigin().getPerformer());
    Performer performer = performers.find(echo.getOrigin().getPerformer());
    if (way == null || performer == null || performer.frame() == null) {
      return;
    }
    long now = System.nanoTime();
    way.right = echo;
    way.returnedNanos = now;
    offer(performer, way, echo, now);
  }

  /** The newest of the whole path for a performer; null when it was never heard. */
  public Echo newest(Performer performer) {
    Way way = ways.get(performer.name());
    return way == null || performer.frame() == null
        ? null
        : withUpstream(whole(performer, way, null), way);
  }

  /**
   * Lets one watch until it goes.
   *
   * @return false when there is no room
   */
  public synchronized boolean watch(String performer, ServerCallStreamObserver<Echo> stream) {
    if (watchers.size() >= mostWatchers) {
      return false;
    }
    Watcher watcher = new Watcher(performer, stream);
    stream.setOnCancelHandler(
        () -> {
          if (watchers.remove(watcher)) {
            missed.add(watcher.missed());
          }
        });
    watchers.add(watcher);
    return true;
  }

  public int watchers() {
    return watchers.size();
  }

  public long returnedCount() {
    return returned.sum();
  }

  /** Echoes that slow watchers did not get. */
  public long missedCount() {
    long count = missed.sum();
    for (Watcher watcher : watchers) {
      count += watcher.missed();
    }
    return count;
  }

  private void offer(Performer performer, Way way, Echo answer, long now) {
    EchoOutlet left = way.left;
    Frame frame = performer.frame();
    boolean must = answer != null && answer.getFinished();
    boolean wanted = must || (left != null && left.wants(OriginWire.write(frame.origin()), now));
    for (int i = 0; !wanted && i < watchers.size(); i++) {
      wanted = watchers.get(i).wants(performer.name(), now);
    }
    if (!wanted) {
      return;
    }
    Echo whole = whole(performer, way, answer);
    if (left != null) {
      left.offer(whole, now);
    }
    if (!watchers.isEmpty()) {
      Echo all = withUpstream(whole, way);
      for (Watcher watcher : watchers) {
        watcher.offer(all, now);
      }
    }
  }

  private static Echo withUpstream(Echo echo, Way way) {
    return echo.toBuilder()
        .clearStages()
        .addAllStages(way.upstream)
        .addAllStages(echo.getStagesList())
        .build();
  }

  /**
   * The right's words with this stage's own.
   *
   * @param answer whose origin and end the echo bears, in a lossless stream; null: the newest
   *     frame's
   */
  private Echo whole(Performer performer, Way way, Echo answer) {
    Frame frame = performer.frame();
    boolean answers = answer != null && (answer.getOrigin().getLossless() || answer.getFinished());
    Echo.Builder echo = way.right.toBuilder();
    echo.setOrigin(answers ? answer.getOrigin() : OriginWire.write(frame.origin()))
        .setFinished(answers && answer.getFinished())
        .setFeatures(ExplorerWire.frame(frame))
        .setPoint(ExplorerWire.point(frame.origin(), performer.newest()))
        .setExploring(exploring(performer, way))
        .clearStages()
        .addStages(status());
    boolean rightIsThere = "ok".equals(neighbour.get());
    return rightIsThere ? echo.addAllStages(way.right.getStagesList()).build() : echo.build();
  }

  /** How the performer's point came about. */
  private Exploring exploring(Performer performer, Way way) {
    Exploring.Builder exploring =
        ExplorerWire.exploring(performer.doing())
            .setMapping(performer.taught().version())
            .addAllHeldSenses(performer.held())
            .addAllRefusedSenses(way.refused)
            .setRemark(faults.of(performer));
    HeldPairs.Holding holding = held.holding(performer.name(), System.nanoTime());
    if (holding != null) {
      exploring.setHolder(holding.holder().text()).setHeldS((float) holding.seconds());
    }
    for (double output : performer.outputs()) {
      exploring.addOutputs((float) output);
    }
    return exploring.build();
  }

  /** This stage's own words, renewed a few times a second: reading histograms costs. */
  private StageStatus status() {
    long now = System.nanoTime();
    Supplier<StageStatus> teller = stage;
    String right = neighbour.get();
    boolean changed = !right.equals(told);
    if (teller != null && (changed || now - statusNanos >= STATUS_NANOS)) {
      statusNanos = now;
      told = right;
      status = teller.get();
    }
    return status;
  }
}
