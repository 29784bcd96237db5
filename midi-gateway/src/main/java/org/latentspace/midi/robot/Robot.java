package org.latentspace.midi.robot;

/**
 * A machine that strikes: how it is reached, what it bears, and what it did last. Strokes of one
 * that is told anew keep their history, so its limits hold over the change.
 */
public final class Robot {
  private final String name;
  private final Way way;
  private final Limits limits;
  private final int priority;
  private final StrokeHistory history;

  private volatile boolean mute;
  private volatile boolean solo;
  private volatile boolean silent;

  /**
   * How it is reached.
   *
   * @param ports a bit for each port that it listens to
   * @param gateNanos how long a note lasts
   */
  public record Way(long ports, long gateNanos) {}

  /**
   * What it bears.
   *
   * @param intervalNanos two strokes closer than this it cannot do; 0: any
   * @param strokes at most so many in any stretch of perNanos; 0: any
   */
  public record Limits(long intervalNanos, int strokes, long perNanos) {
    /** It bears everything. */
    public static final Limits NONE = new Limits(0, 0, 0);
  }

  /**
   * @param priority of strokes that leave together the higher leaves first
   */
  public Robot(String name, Way way, Limits limits, int priority, StrokeHistory history) {
    this.name = name;
    this.way = way;
    this.limits = limits;
    this.priority = priority;
    this.history = history;
    history.remember(limits.strokes);
  }

  public String name() {
    return name;
  }

  public long ports() {
    return way.ports;
  }

  public long gateNanos() {
    return way.gateNanos;
  }

  public Limits limits() {
    return limits;
  }

  public int priority() {
    return priority;
  }

  public StrokeHistory history() {
    return history;
  }

  /** Whether it strikes at all, and whether it strikes alone; {@link RobotSet#listen} follows. */
  public void choose(boolean muted, boolean alone) {
    mute = muted;
    solo = alone;
  }

  public boolean mute() {
    return mute;
  }

  public boolean solo() {
    return solo;
  }

  void silent(boolean whether) {
    silent = whether;
  }

  /** Whether it strikes nothing, because it is mute or another is solo. */
  public boolean isSilent() {
    return silent;
  }
}
