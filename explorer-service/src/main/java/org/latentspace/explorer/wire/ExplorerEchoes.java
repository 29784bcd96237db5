package org.latentspace.explorer.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Exploring;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

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
  private static final String STAGE = "explorer-service";
  private static final long QUIET_NANOS = 100_000_000L;

  /** Who has not been told of for so long is not missing any more. */
  private static final long FORGET_NANOS = 5_000_000_000L;

  private final Map<String, Way> ways = new ConcurrentHashMap<>();
  private final StageMeter stage = new StageMeter(STAGE);
  private final Watchers watchers = new Watchers();
  private final MissingInputs missing = new MissingInputs();
  private final LongAdder returned = new LongAdder();
  private volatile Supplier<StageStatus> status = () -> stage.stageStatus();
  private volatile Supplier<String> neighbour = () -> "";

  @Inject Performers performers;
  @Inject MappingFaults faults;
  @Inject HeldPairs held;

  /** Where a performer's echoes go, and what the right has said last. */
  private static final class Way {
    private volatile EchoOutlet left;
    private volatile Echo right = Echo.getDefaultInstance();
    private volatile List<StageStatus> upstream = List.of();
    private volatile FeatureFrame frame = FeatureFrame.getDefaultInstance();
    private volatile long returnedNanos = System.nanoTime() - 2 * QUIET_NANOS;
  }

  /** Counts and measures this stage; the metrics page and the echo show it. */
  public StageMeter stage() {
    return stage;
  }

  /** Those who watch. */
  public Watchers watchers() {
    return watchers;
  }

  /** Echoes that came back from vae-service. */
  public long returnedCount() {
    return returned.sum();
  }

  /** Who says what this stage counts, and how its neighbour is. */
  public void describe(Supplier<StageStatus> counts, Supplier<String> neighbour) {
    status = counts;
    this.neighbour = neighbour;
  }

  /** A frame has come; from now on its performer's echoes go to this left-hand neighbour. */
  public void follow(FeatureFrame frame, EchoOutlet left) {
    String performer = frame.getOrigin().getPerformer();
    Way way = ways.get(performer);
    if (way == null) {
      if (ways.size() >= 2 * performers.present().most()) {
        ways.keySet().removeIf(name -> performers.present().find(name) == null);
      }
      way = ways.computeIfAbsent(performer, name -> new Way());
    }
    way.left = left;
    way.frame = frame;
    told(performer, frame.getUpstreamList());
  }

  /** What the stages before this one say of themselves; for those who watch. */
  private void told(String performer, List<StageStatus> stages) {
    Way way = stages.isEmpty() ? null : ways.get(performer);
    if (way != null) {
      way.upstream = stages;
    }
  }

  /** A performer's input is missing: all that comes is what the stages before this one say. */
  public void missing(String performer, List<StageStatus> stages, long nowNanos) {
    told(performer, stages);
    missing.hear(performer, stages, nowNanos, performers.present().most());
  }

  /** Of whom nothing comes but that, by name. */
  public Map<String, List<StageStatus>> missing(long nowNanos) {
    return missing.now(nowNanos);
  }

  /**
   * A frame has been worked on.
   *
   * @param goesOn its point was handed on, so an echo will return
   * @param arrivedNanos of {@link System#nanoTime}
   */
  public void heard(Performer performer, boolean goesOn, long arrivedNanos) {
    Origin origin = performer.frame().origin();
    stage.took(System.nanoTime() - arrivedNanos);
    if (!origin.lossless()) {
      stage.sinceCapture(origin.performer(), UnixClock.nanos() - origin.capturedNanos());
    }
    Way way = ways.get(performer.name());
    if (way == null) {
      return;
    }
    if (origin.lossless() ? !goesOn : arrivedNanos - way.returnedNanos > QUIET_NANOS) {
      offer(performer, way, null, arrivedNanos);
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

  private void offer(Performer performer, Way way, Echo answer, long now) {
    EchoOutlet left = way.left;
    Frame frame = performer.frame();
    boolean must = answer != null && answer.getFinished();
    boolean wanted = must || (left != null && left.wants(OriginWire.write(frame.origin()), now));
    if (!wanted && !watchers.want(performer.name(), now)) {
      return;
    }
    Echo whole = whole(performer, way, answer);
    if (left != null) {
      left.offer(whole, now);
    }
    if (watchers.count() > 0) {
      watchers.offer(withUpstream(whole, way), now);
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
        .setFeatures(features(way))
        .setPoint(ExplorerWire.point(frame.origin(), performer.newest()))
        .setExploring(exploring(performer, way))
        .clearStages()
        .addStages(status.get());
    boolean rightIsThere = "ok".equals(neighbour.get());
    return rightIsThere ? echo.addAllStages(way.right.getStagesList()).build() : echo.build();
  }

  /** What was heard; what else came with it is said elsewhere. */
  private static FeatureFrame.Builder features(Way way) {
    FeatureFrame.Builder features = way.frame.toBuilder();
    return features
        .setRaw(way.frame.getRaw())
        .clearUpstream()
        .clearScalingSpec()
        .clearRefusedSenses();
  }

  /** How the performer's point came about. */
  private Exploring exploring(Performer performer, Way way) {
    Exploring.Builder exploring =
        ExplorerWire.exploring(performer.doing())
            .setMapping(performer.taught().version())
            .addAllHeldSenses(performer.held())
            .addAllRefusedSenses(way.frame.getRefusedSensesList())
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

  /** Performers whose input is missing, and what the stages before this one say of it. */
  private static final class MissingInputs {
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(List<StageStatus> stages, long nanos) {}

    /** Notes what is said of a performer; of so many at most. */
    void hear(String performer, List<StageStatus> stages, long nowNanos, int most) {
      forget(nowNanos);
      if (told.size() < most || told.containsKey(performer)) {
        told.put(performer, new Told(stages, nowNanos));
      }
    }

    Map<String, List<StageStatus>> now(long nowNanos) {
      forget(nowNanos);
      Map<String, List<StageStatus>> all = new TreeMap<>();
      told.forEach((performer, each) -> all.put(performer, each.stages));
      return all;
    }

    private void forget(long nowNanos) {
      told.values().removeIf(each -> nowNanos - each.nanos > FORGET_NANOS);
    }
  }
}
