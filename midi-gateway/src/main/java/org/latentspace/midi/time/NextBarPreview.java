package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.time.NextBar.PlannedStroke;

/**
 * Plays an ensemble on from where it is, in no time and without a sound, to the end of its next
 * bar.
 *
 * <pre>
 *   timing thread --begin: copies--> cells, plan, histories --work: another thread--> NextBar
 * </pre>
 *
 * One of both threads has it at a time.
 */
final class NextBarPreview implements StrokeSink, StrokeOwner {
  /** How long before its last beat the bar before is looked at. */
  private static final long EARLY_NANOS = 100_000_000;

  // No robot works further ahead than this.
  private static final long MOST_AHEAD_NANOS = 2_000_000_000;

  private static final Outputs NOWHERE = (dueNanos, grain, noteOn, robot) -> {};

  private final Clock clock = new Clock(Clock.SLOWEST_BPM);
  private final Scheduler scheduler = new Scheduler(Transport.TakeOver.BAR, 0);
  private final StrokePlan plan = new StrokePlan(true);
  private final List<PlannedStroke> strokes = new ArrayList<>();
  private String name;
  private RobotSet robots;
  private boolean silent;
  private long nudgeNanos;
  private long nowNanos;
  private long bar;
  private long line;
  private long end;
  private long last;
  private int open;
  private Pattern first;

  private long begun = -1;
  private volatile boolean copied;

  /**
   * On the timing thread: takes a copy when the last beat of a bar is near, once a bar; allocates
   * nothing.
   *
   * @return whether there is something to work on now
   */
  boolean begin(Ensemble ensemble, Clock now, StrokePlan planned) {
    Scheduler playing = ensemble.scheduler();
    if (copied || playing.current() == null || !now.isRunning()) {
      return false;
    }
    long next = playing.nextLine();
    long beat = playing.current().grid().beatGrains();
    long early = now.grainAt(EARLY_NANOS) - now.grainAt(0);
    if (next == begun || playing.now() < next - beat - early) {
      return false;
    }
    begun = next;
    line = next;
    bar = playing.nextBar();
    name = ensemble.name();
    robots = ensemble.robots();
    silent = ensemble.isSilent();
    nudgeNanos = ensemble.style().nudgeNanos();
    clock.begin(now);
    scheduler.begin(playing);
    plan.begin(planned, ensemble, this);
    List<Robot> all = robots.robots();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).history().beginPreview();
    }
    copied = true;
    return true;
  }

  /** Whether there is something to work on. */
  boolean isBegun() {
    return copied;
  }

  /** On another thread, after {@link #begin}: plays to the end of the bar. */
  NextBar work() {
    end = Scheduler.NEVER;
    open = 0;
    first = null;
    nowNanos = Long.MIN_VALUE;
    strokes.clear();
    long ahead = robots.aheadNanos();
    last = nanosAt(line) + MOST_AHEAD_NANOS;
    while (scheduler.now() < end || open > 0) {
      long next = scheduler.next();
      long works = next == Scheduler.NEVER ? next : nanosAt(next) - ahead;
      long leaves = plan.next();
      if (Math.min(works, leaves) == Scheduler.NEVER || nowNanos > last) {
        break;
      }
      if (works <= leaves) {
        nowNanos = works;
        scheduler.advance(next, this);
      } else {
        plan.leaveNext(NOWHERE);
      }
    }
    List<PlannedStroke> inOrder = new ArrayList<>(strokes);
    inOrder.sort(Comparator.comparingLong(PlannedStroke::grain));
    NextBar found =
        first == null
            ? null
            : new NextBar(name, bar, nanosAt(line), clock.bpm(), first, List.copyOf(inOrder));
    copied = false;
    return found;
  }

  @Override
  public void strike(Pattern pattern, int stroke, long grain) {
    for (Striker striker : robots.strikers(pattern.voice(stroke))) {
      open += isInside(grain) ? 1 : 0;
      plan.strike(this, striker, pattern, stroke, grain, nowNanos);
    }
  }

  private boolean isInside(long grain) {
    return grain >= line && grain < end;
  }

  @Override
  public void barLine(Pattern pattern, long grain) {
    if (grain == line) {
      first = pattern;
      end = line + pattern.grid().barGrains();
      last = nanosAt(end) + MOST_AHEAD_NANOS;
    }
  }

  @Override
  public long nanosAt(long grain) {
    return clock.nanosAt(grain) + nudgeNanos;
  }

  @Override
  public boolean isSilent() {
    return silent;
  }

  @Override
  public void reachBarLine(Pattern pattern, long grain) {
    // No bar line is planned here.
  }

  @Override
  public void struck(Striker by, Pattern pattern, int stroke, long grain) {
    note(by, by.noteOn(pattern.velocity(stroke)), grain, null);
  }

  @Override
  public void dropped(Striker by, int noteOn, long grain, DropReason why) {
    note(by, noteOn, grain, why);
  }

  private void note(Striker by, int noteOn, long grain, DropReason why) {
    if (isInside(grain)) {
      open--;
      long nanos = clock.nanosAt(grain) - clock.nanosAt(line);
      strokes.add(
          new PlannedStroke(by.robot().name(), by.voice(), noteOn, grain - line, nanos, why));
    }
  }
}
