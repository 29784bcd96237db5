package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;

/**
 * Starts and stops the song, puts it elsewhere, changes its tempo; and tells of that. Times are of
 * {@link System#nanoTime}, or of the sound offline. All but the readings belong to the timing
 * thread.
 */
final class SongTransport {
  private static final long TELL_NANOS = 50_000_000;
  private static final double TEMPO_CHANGES = 0.001;

  private final Song song;
  private final Clock clock;
  private final EnsembleList members;
  private final Outputs outputs;
  private final ExternalClocks external;
  private long tellNanos;
  private double tempoTold;

  // Read by any thread.
  private volatile boolean told;
  private volatile double bpm;

  SongTransport(Song song, Clock clock, EnsembleList members, Outputs outputs, boolean playing) {
    this.song = song;
    this.clock = clock;
    this.members = members;
    this.outputs = outputs;
    external = new ExternalClocks(song, this, clock, outputs);
    told = playing;
    bpm = clock.bpm();
  }

  /** Begins, or goes on elsewhere, at a moment; each ensemble with its newest pattern. */
  void startAt(long nanos, long grain, long nowNanos) {
    told = true;
    boolean before = song.hasBegun();
    if (before) {
      outputs.quiet();
      members.halt(false);
    }
    song.begin(nanos, grain, false, nowNanos);
    for (Ensemble ensemble : members.all()) {
      Pattern offered = ensemble.take();
      Pattern newest = before && offered == null ? ensemble.scheduler().newest() : offered;
      ensemble.begin(newest == null ? Pattern.silence(Grid.FOUR_FOUR) : newest, grain);
    }
    song.advance(nowNanos);
    show(nowNanos);
  }

  /** Goes on from where it is held, if that is near, or else begins there. */
  void goOnAt(long nanos, long grain, long nowNanos) {
    double place = clock.placeAt(nowNanos);
    if (!song.hasBegun() || Math.abs(place - grain) > Grid.GRAINS_PER_QUARTER / 4.0) {
      startAt(nanos, grain, nowNanos);
    } else if (!song.isPlaying()) {
      told = true;
      clock.begin(nanos, place);
      song.retime(nowNanos);
      show(nowNanos);
    }
  }

  /** The next place from here on that begins a cycle of so many grains. */
  long cycleFrom(long cycle, long nowNanos) {
    return song.hasBegun() ? (long) Math.ceil(clock.placeAt(nowNanos) / cycle) * cycle : 0;
  }

  /** Changes the tempo, evenly for so long. */
  void tempo(double quarters, long rampNanos, long nowNanos) {
    song.advance(nowNanos);
    if (quarters != clock.bpm() || clock.bendEndNanos() > nowNanos) {
      clock.ramp(quarters, song.isOffline() ? 0 : rampNanos, nowNanos);
      song.retime(nowNanos);
      tell(true, nowNanos);
    }
  }

  /** Stops, with all notes off, or goes on. */
  void play(boolean playing, long nowNanos) {
    boolean changes = playing != told && song.hasBegun();
    if (changes) {
      song.advance(nowNanos);
    }
    told = playing;
    if (changes && playing) {
      goOn(nowNanos);
    } else if (changes) {
      clock.run(false, nowNanos);
    }
    if (!playing) {
      outputs.quiet();
      members.halt(false);
    }
    show(nowNanos);
  }

  private void goOn(long nowNanos) {
    ClockSync sync = external.sync();
    if (!song.isOffline() && sync.isWaitedFor(nowNanos)) {
      long nanos = sync.beginNanos(nowNanos + song.leadInNanos(), nowNanos);
      startAt(nanos, sync.cycleFrom(clock.placeAt(nowNanos)), nowNanos);
    } else {
      clock.run(true, nowNanos);
      song.retime(nowNanos);
    }
  }

  /** Nothing begins until another clock starts. */
  void awaitStart() {
    told = false;
  }

  /** The clock runs otherwise than before. */
  void steered(long nowNanos) {
    song.advance(nowNanos);
    song.retime(nowNanos);
    tell(false, nowNanos);
  }

  /**
   * Tells the tempo of now to those who show it and to the files.
   *
   * @param whether even if that was just done
   */
  void tell(boolean whether, long nowNanos) {
    if (whether || nowNanos - tellNanos >= TELL_NANOS) {
      tellNanos = nowNanos;
      double now = clock.bpmAt(nowNanos);
      if (song.hasBegun() && Math.abs(now / tempoTold - 1) > TEMPO_CHANGES) {
        tellOutputs(Math.max(0, clock.grainAt(nowNanos)), now);
      }
      show(nowNanos);
    }
  }

  /** Tells files the tempo from a place on. */
  void tellOutputs(long grain, double now) {
    tempoTold = now;
    outputs.tempo(grain, now);
  }

  private void show(long nowNanos) {
    bpm = clock.bpm();
    song.show(nowNanos);
  }

  /** Whether it plays, or begins to with the first rhythm. */
  boolean isTold() {
    return told;
  }

  /** The tempo, in quarter notes a minute. */
  double bpm() {
    return bpm;
  }

  /** The clocks that it follows, and that follow it. */
  ExternalClocks external() {
    return external;
  }
}
