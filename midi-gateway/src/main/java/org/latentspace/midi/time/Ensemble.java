package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.performer.Origin;

/**
 * A group of robots that plays one rhythm: its clock, its song, its transport. Knows no thread;
 * time is an argument. All but the readings belong to the timing thread.
 */
public final class Ensemble implements StrokeSink {
  private final Clock clock;
  private final Scheduler scheduler;
  private final Outputs outputs;
  private final PlaybackListener listener;
  private final Controllers controllers = new Controllers();
  private final Lateness lateness = new Lateness();

  private boolean begun;
  private boolean offline;
  private boolean finishing;
  private boolean told;
  private long advanceNanos;
  private long struck;
  private long bar;
  private long barGrain;
  private Grid barGrid;

  // Read by any thread.
  private volatile SongPosition position;
  private volatile Pattern playing;
  private volatile long strokes;
  private volatile long takeOvers;

  /**
   * @param nudgeNanos everything is struck so much later; negative: earlier
   */
  public Ensemble(
      Transport transport, long nudgeNanos, Outputs outputs, PlaybackListener listener) {
    this.outputs = outputs;
    this.listener = listener;
    clock = new Clock(transport.bpm(), nudgeNanos);
    scheduler = new Scheduler(transport.takeOver(), transport.shuffle(), this::own);
    told = transport.playing();
    position = SongPosition.waiting(transport.bpm());
  }

  /** Begins a song now, from bar 0. */
  public void begin(Pattern first, boolean inSoundTime, long nowNanos) {
    begun = true;
    offline = inSoundTime;
    finishing = false;
    bar = -1;
    barGrain = 0;
    barGrid = null;
    struck = 0;
    strokes = 0;
    clock.begin(nowNanos);
    outputs.begin(inSoundTime);
    outputs.tempo(0, clock.bpm());
    controllers.sendAll(outputs, 0);
    scheduler.begin(first);
    advance(nowNanos);
  }

  /** Hands over the newest pattern. The song begins with the first one that has a stroke. */
  public void handOver(Pattern newest, boolean inSoundTime, long nowNanos) {
    if (begun) {
      scheduler.pend(newest, clock.grainAt(nowNanos));
    } else if (told && newest.count() > 0) {
      begin(newest, inSoundTime, nowNanos);
    }
  }

  /** When {@link #advance} has something to do next; {@link Scheduler#NEVER} = not by itself. */
  public long nextNanos() {
    return nanosOf(scheduler.next());
  }

  /** When the next stroke that is known is due, or {@link Scheduler#NEVER}. */
  public long nextStrokeNanos() {
    return nanosOf(scheduler.nextStroke());
  }

  private long nanosOf(long grain) {
    boolean waits = !begun || offline || !clock.isRunning() || grain == Scheduler.NEVER;
    return waits ? Scheduler.NEVER : clock.nanosAt(grain);
  }

  /** Strikes what is due at or before now. */
  public void advance(long nowNanos) {
    if (begun && clock.isRunning()) {
      advanceNanos = nowNanos;
      scheduler.advance(clock.grainAt(nowNanos), this);
      showTakeOver();
    }
  }

  private void showTakeOver() {
    if (takeOvers != scheduler.takeOvers()) {
      takeOvers = scheduler.takeOvers();
      playing = scheduler.current();
    }
  }

  private void own(Pattern owner, long inBar, int step) {
    listener.own(owner, inBar, step, clock.bpm());
  }

  @Override
  public void strike(Pattern pattern, int stroke, long grain) {
    int noteOn =
        0x900000
            | pattern.channel(stroke) << 16
            | pattern.note(stroke) << 8
            | pattern.velocity(stroke);
    long dueNanos = clock.nanosAt(grain);
    outputs.strike(dueNanos, grain, noteOn);
    if (!offline) {
      lateness.record(System.nanoTime() - dueNanos);
    }
    strokes = ++struck;
  }

  /**
   * Turns controllers, at once and not on the beat; what has not changed is left out. A song that
   * begins later begins with them.
   *
   * @param messages MIDI control changes, 0xbcnnvv
   * @param inSoundTime offline: while no song plays nothing is sent
   */
  void control(int[] messages, boolean inSoundTime, long nowNanos) {
    boolean ours = begun ? offline == inSoundTime : !inSoundTime;
    if (ours) {
      advance(nowNanos);
    }
    long grain = begun ? Math.max(0, clock.grainAt(nowNanos)) : 0;
    for (int message : messages) {
      if (controllers.turn(message) && ours) {
        outputs.control(grain, message);
      }
    }
  }

  @Override
  public void barLine(Pattern pattern, long grain) {
    Grid grid = pattern.grid();
    if (barGrid == null
        || barGrid.beatsPerBar() != grid.beatsPerBar()
        || barGrid.beatUnit() != grid.beatUnit()) {
      outputs.meter(grain, grid.beatsPerBar(), grid.beatUnit());
    }
    bar++;
    barGrain = grain;
    barGrid = grid;
    listener.barLine(bar);
    show(advanceNanos);
  }

  private void show(long nowNanos) {
    position =
        barGrid == null
            ? SongPosition.waiting(clock.bpm())
            : new SongPosition(
                bar,
                clock.nanosAt(barGrain),
                clock.bpm(),
                begun && clock.isRunning(),
                nowNanos,
                barGrid);
  }

  /** Changes tempo, take-over, shuffle; stops, with all notes off, or goes on. */
  public void transport(Transport wanted, long wallNanos) {
    long nowNanos = isOffline() ? advanceNanos : wallNanos;
    advance(nowNanos);
    if (wanted.bpm() != clock.bpm()) {
      clock.tempo(wanted.bpm(), nowNanos);
      if (begun) {
        outputs.tempo(Math.max(0, clock.grainAt(nowNanos)), wanted.bpm());
      }
    }
    scheduler.takeOverAt(wanted.takeOver());
    scheduler.shuffle(wanted.shuffle());
    if (told != wanted.playing()) {
      told = wanted.playing();
      if (begun) {
        clock.run(told, nowNanos);
      }
    }
    if (!told) {
      outputs.quiet();
      listener.halt(false);
    }
    show(nowNanos);
  }

  /** Plays to the end of the bar; a song that has not begun or is stopped ends at once. */
  public void finishAtBarLine() {
    finishing = true;
    scheduler.finishAtBarLine();
  }

  /** Whether {@link #finishAtBarLine} was asked for and its bar is over. */
  public boolean isOver() {
    return finishing && (!begun || !clock.isRunning() || scheduler.finished());
  }

  /**
   * Offline: plays to the message's sound time, then hands its pattern over.
   *
   * @param pattern or null
   * @param last plays to the end of the bar as well; then the end is the listener
   */
  void playOffline(Pattern pattern, Origin origin, boolean last, EchoListener listener) {
    long soundNanos = origin.soundNanos();
    if (begun && !offline) {
      // A live song without a leader.
      end(System.nanoTime());
    }
    advance(soundNanos);
    if (pattern != null) {
      handOver(pattern, true, soundNanos);
    }
    if (last) {
      finishAtBarLine();
      runOut();
    } else {
      listener.echo(origin, false);
    }
  }

  private void runOut() {
    if (!begun || !clock.isRunning()) {
      return;
    }
    for (long next = scheduler.next(); next != Scheduler.NEVER; next = scheduler.next()) {
      scheduler.advance(next, this);
    }
    showTakeOver();
  }

  /** Ends the song; the next rhythm begins a new one. Returns when the outputs are closed. */
  public void end(long nowNanos) {
    listener.halt(begun && scheduler.finished());
    outputs.finish(begun ? Math.max(0, scheduler.now()) : 0);
    if (begun && offline) {
      controllers.forget();
    }
    begun = false;
    finishing = false;
    show(nowNanos);
  }

  public boolean hasBegun() {
    return begun;
  }

  /** In the sound's own time. */
  public boolean isOffline() {
    return begun && offline;
  }

  public SongPosition position() {
    return position;
  }

  /** The pattern that has taken over last, or null. */
  public Pattern playing() {
    return playing;
  }

  /** Struck since the song began. */
  public long strokes() {
    return strokes;
  }

  public long takeOvers() {
    return takeOvers;
  }

  /** When the timing thread had handed strokes to the ports, against when they were due. */
  public Lateness lateness() {
    return lateness;
  }
}
