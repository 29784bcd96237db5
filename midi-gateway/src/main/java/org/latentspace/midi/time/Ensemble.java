package org.latentspace.midi.time;

import java.util.concurrent.atomic.AtomicReference;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.Striker;

/**
 * A group of robots that plays one rhythm by the song's clock. It works ahead of what is heard, by
 * as much as its slowest robot needs ({@link RobotSet#aheadNanos}). Knows no thread; time is an
 * argument. All but the readings and {@link #offer} belong to the timing thread.
 */
public final class Ensemble implements StrokeSink, StrokeOwner {
  private final Clock clock;
  private final StrokePlan plan;
  private final Outputs outputs;
  private final PlaybackListener listener;
  private final CurrentLeader leading = new CurrentLeader();
  private final Scheduler scheduler;
  private final AtomicReference<Pattern> newest = new AtomicReference<>();

  private EnsembleSetup next;
  private boolean changes;
  private boolean left;
  private long nudgeNanos;
  private long aheadNanos;
  private long nowNanos;
  private long struck;
  private long bar;
  private long barGrain;
  private Grid barGrid;

  // Read by any thread.
  private volatile EnsembleSetup setup;
  private volatile EnsembleStyle style;
  private volatile RobotSet robots;
  private volatile boolean silent;
  private volatile boolean hushed;
  private volatile SongPosition position;
  private volatile Pattern playing;
  private volatile long strokes;
  private volatile long takeOvers;

  Ensemble(EnsembleSetup setup, Clock clock, StrokePlan plan, Outputs outputs, PlaybackListener l) {
    this.setup = setup;
    this.clock = clock;
    this.plan = plan;
    this.outputs = outputs;
    listener = l;
    style = setup.style();
    robots = setup.robots();
    nudgeNanos = style.nudgeNanos();
    aheadNanos = robots.aheadNanos();
    Scheduler.Owners tell = (who, in, step) -> listener.own(who, in, step, clock.bpmAt(nowNanos));
    scheduler = new Scheduler(style.takeOver(), style.shuffle(), tell);
    position = SongPosition.waiting(clock.bpm());
  }

  /** Hands over the newest pattern; it replaces one that has not been taken yet. Any thread. */
  void offer(Pattern pattern) {
    newest.set(pattern);
  }

  /** The newest pattern that was offered since the last call, or null. */
  Pattern take() {
    Pattern pattern = newest.get();
    return pattern != null && newest.compareAndSet(pattern, null) ? pattern : null;
  }

  /** Begins at a place of the song. */
  void begin(Pattern first, long grain) {
    barGrain = 0;
    barGrid = null;
    struck = 0;
    strokes = 0;
    adopt();
    bar = scheduler.begin(first, grain) - 1;
  }

  /** Comes into a song that runs, with silence, at a bar line of another ensemble. */
  void join(Ensemble other) {
    begin(Pattern.silence(other.scheduler.current().grid()), 0);
    bar = scheduler.beginAt(other.scheduler) - 1;
  }

  void handOver(Pattern pattern, long now) {
    scheduler.pend(pattern, aheadGrain(now));
  }

  /** How long before its first stroke the song must begin. */
  long leadInNanos() {
    return Math.max(0, aheadNanos - nudgeNanos);
  }

  @Override
  public long nanosAt(long grain) {
    return clock.nanosAt(grain) + nudgeNanos;
  }

  private long aheadGrain(long now) {
    return clock.grainAt(now + aheadNanos - nudgeNanos);
  }

  /** When it has something to work out next, ahead of what is heard. */
  long nextNanos() {
    long grain = scheduler.next();
    return grain == Scheduler.NEVER ? grain : nanosAt(grain) - aheadNanos;
  }

  boolean isDue(long now) {
    return scheduler.next() <= aheadGrain(now);
  }

  /** Works out what comes next: opens a cell, or hands the next strokes to the plan. */
  void advanceNext(long now) {
    nowNanos = now;
    scheduler.advance(scheduler.next(), this);
    showTakeOver();
  }

  /** Nothing is due before this moment. */
  void advanceTo(long now) {
    nowNanos = now;
    scheduler.advance(aheadGrain(now), this);
  }

  private void showTakeOver() {
    if (takeOvers != scheduler.takeOvers()) {
      takeOvers = scheduler.takeOvers();
      playing = scheduler.current();
    }
  }

  @Override
  public void strike(Pattern pattern, int stroke, long grain) {
    if (left) {
      return;
    }
    for (Striker striker : robots.strikers(pattern.voice(stroke))) {
      plan.strike(this, striker, pattern, stroke, grain, nowNanos);
    }
  }

  @Override
  public void barLine(Pattern pattern, long grain) {
    adopt();
    if (!left) {
      plan.barLine(this, pattern, grain, nowNanos);
    }
  }

  @Override
  public void reachBarLine(Pattern pattern, long grain) {
    Grid grid = pattern.grid();
    if (barGrid == null
        || barGrid.beatsPerBar() != grid.beatsPerBar()
        || barGrid.beatUnit() != grid.beatUnit()) {
      outputs.meter(grain, grid.beatsPerBar(), grid.beatUnit());
    }
    bar++;
    barGrain = grain;
    barGrid = grid;
    listener.barLine(bar, grain);
    show(true, nanosAt(grain));
  }

  @Override
  public void struck(Striker by, Pattern pattern, int stroke, long grain) {
    strokes = ++struck;
    listener.struck(pattern, stroke, grain);
  }

  @Override
  public void dropped(Striker by, int noteOn, long grain, DropReason why) {
    listener.dropped(by, noteOn, grain, why);
  }

  /** Lets the preview of its next bar go on from here; false: not now. */
  boolean begin(NextBarPreview preview) {
    return !changes && !left && preview.begin(this, clock, plan);
  }

  /** Where the music is, as any thread may read it. */
  void show(boolean running, long now) {
    long line = clock.lineNanos(barGrain, now) + nudgeNanos;
    double bpm = clock.bpmAt(now);
    position =
        barGrid == null
            ? SongPosition.waiting(bpm)
            : new SongPosition(bar, line, bpm, running, now, barGrid);
  }

  /** From the next cell on; the nudge and silence at once. */
  void play(EnsembleStyle wanted) {
    scheduler.play(wanted.takeOver(), wanted.shuffle());
    nudgeNanos = wanted.nudgeNanos();
  }

  /** Is told anew, from its next bar line on; null: it leaves then. */
  void change(EnsembleSetup wanted) {
    next = wanted;
    changes = true;
    if (wanted != null) {
      aheadNanos = Math.max(aheadNanos, wanted.robots().aheadNanos());
    }
  }

  /** Whether a change waits for its bar line. */
  boolean changes() {
    return changes;
  }

  /** Whether it has left; nothing of it is struck any more. */
  boolean hasLeft() {
    return left;
  }

  /** What it was told, now. */
  void adopt() {
    if (changes) {
      changes = false;
      left = next == null;
      if (!left) {
        setup = next;
        style = next.adopt(style, robots);
        robots = next.robots();
        aheadNanos = robots.aheadNanos();
        play(style);
      }
    }
  }

  void silent(boolean whether) {
    silent = whether;
  }

  /** Silent besides, while something else is to be heard. */
  void hush(boolean whether) {
    hushed = whether;
  }

  @Override
  public boolean isSilent() {
    return silent || hushed;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** The song stops or ends. */
  void halt(boolean wholeBar) {
    listener.halt(wholeBar);
  }

  public String name() {
    return setup.name();
  }

  public EnsembleSetup setup() {
    return setup;
  }

  /** How it plays, or will at once. */
  public EnsembleStyle style() {
    return style;
  }

  void style(EnsembleStyle wanted) {
    style = wanted;
  }

  public RobotSet robots() {
    return robots;
  }

  /** Whose rhythm it plays. */
  public CurrentLeader leading() {
    return leading;
  }

  public SongPosition position() {
    return position;
  }

  /** The pattern that has taken over last, or null. */
  public Pattern playing() {
    return playing;
  }

  public long strokes() {
    return strokes;
  }

  public long takeOvers() {
    return takeOvers;
  }
}
