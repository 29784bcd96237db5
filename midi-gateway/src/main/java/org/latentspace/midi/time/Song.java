package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.rhythm.Pattern;

/**
 * One clock, one transport, and the ensembles that play by them. Knows no thread; time is an
 * argument. All but the readings belong to the timing thread.
 *
 * <pre>
 *   pattern --> Ensemble: cells, take-over --+
 *                                            +--> StrokePlan: latency, limits --> Outputs
 *   pattern --> Ensemble --------------------+
 * </pre>
 */
public final class Song {
  private final Clock clock;
  private final StrokePlan plan = new StrokePlan(false);
  private final Outputs outputs;
  private final Controllers controllers = new Controllers();
  private final Lateness lateness = new Lateness();
  private final Outputs measured;
  private final SongTransport transport;

  private final EnsembleList members = new EnsembleList();
  private boolean begun;
  private boolean offline;
  private boolean finishing;
  private long advanceNanos;

  public Song(Transport first, Outputs outputs) {
    this.outputs = outputs;
    clock = new Clock(first.bpm());
    transport = new SongTransport(this, clock, members, outputs, first.playing());
    measured =
        (dueNanos, grain, noteOn, robot) -> {
          outputs.strike(dueNanos, grain, noteOn, robot);
          if (!offline) {
            lateness.record(System.nanoTime() - dueNanos);
          }
        };
  }

  /** A further ensemble, of a song that has not begun. */
  public Ensemble add(EnsembleSetup setup, PlaybackListener listener) {
    List<Ensemble> all = new ArrayList<>(List.of(members.all()));
    all.add(ensemble(setup, listener));
    change(all, () -> {});
    return all.get(all.size() - 1);
  }

  /** An ensemble that is not in the song yet. */
  Ensemble ensemble(EnsembleSetup setup, PlaybackListener listener) {
    return new Ensemble(setup, clock, plan, outputs, listener);
  }

  /**
   * These play from now on, each as it was told with {@link Ensemble#change} from its next bar line
   * on; where no song runs, at once.
   *
   * @param all those that stay, those that leave, and new ones
   * @param done runs when every ensemble has changed
   */
  void change(List<Ensemble> all, Runnable done) {
    members.change(all, begun, done);
    if (!isPlaying()) {
      members.adopt();
    }
    members.endChange();
    outputs.ahead(members.spreadNanos());
  }

  /**
   * Begins a song, from bar 0, or where another clock puts it, as soon as the slowest robot and the
   * clock that it follows allow; the other ensembles begin with silence.
   */
  void begin(Ensemble leader, Pattern first, boolean inSoundTime, long nowNanos) {
    long earliest = nowNanos + (inSoundTime ? members.leadInNanos() : leadInNanos());
    long nanos = inSoundTime ? earliest : transport.external().beginNanos(earliest, nowNanos);
    long grain = inSoundTime ? 0 : transport.external().beginGrain(nanos);
    begin(nanos, grain, inSoundTime, nowNanos);
    for (Ensemble ensemble : members.all()) {
      ensemble.begin(ensemble == leader ? first : Pattern.silence(first.grid()), grain);
    }
    advance(nowNanos);
  }

  /** The clock and the outputs begin, the ensembles are to follow. */
  void begin(long nanos, long grain, boolean inSoundTime, long nowNanos) {
    boolean back = !begun || grain < clock.placeAt(nowNanos);
    begun = true;
    offline = inSoundTime;
    finishing = false;
    advanceNanos = nowNanos;
    clock.begin(nanos, grain);
    plan.begin(inSoundTime);
    outputs.ahead(members.spreadNanos());
    if (back) {
      outputs.begin(inSoundTime);
      transport.tellOutputs(0, clock.bpm());
      controllers.sendAll(outputs, 0);
    }
  }

  /** How long before its first stroke a song must begin. */
  long leadInNanos() {
    return Math.max(members.leadInNanos(), transport.external().leadInNanos());
  }

  /** Hands over an ensemble's newest pattern. The song begins with the first one that is struck. */
  public void handOver(Ensemble ensemble, Pattern newest, boolean inSoundTime, long nowNanos) {
    if (begun) {
      ensemble.handOver(newest, nowNanos);
    } else if (transport.isTold() && ensemble.robots().strikes(newest)) {
      begin(ensemble, newest, inSoundTime, nowNanos);
    }
  }

  /** Hands over what has been offered to the ensembles; before the song, the newest waits. */
  void takeNewest(long nowNanos) {
    if (!begun && !transport.isTold()) {
      return;
    }
    for (Ensemble ensemble : members.all()) {
      Pattern pattern = ensemble.take();
      if (pattern != null) {
        handOver(ensemble, pattern, false, nowNanos);
      }
    }
  }

  /** When {@link #advance} has something to do next; {@link Scheduler#NEVER} = not by itself. */
  public long nextNanos() {
    return begun && !offline && clock.isRunning() ? nextEvent() : Scheduler.NEVER;
  }

  private long nextEvent() {
    return Math.min(plan.next(), members.nextNanos());
  }

  /** When the next stroke that is known leaves, or {@link Scheduler#NEVER}. */
  public long nextStrokeNanos() {
    return begun && !offline && clock.isRunning() ? plan.next() : Scheduler.NEVER;
  }

  /** Works out and strikes what is due at or before now, in the order of time. */
  public void advance(long nowNanos) {
    if (!begun || !clock.isRunning()) {
      return;
    }
    // After a change of tempo something may be due that was not before: it is due now.
    long earliest = advanceNanos;
    advanceNanos = nowNanos;
    while (true) {
      Ensemble first = members.firstDue(nowNanos);
      boolean leaves = plan.isDue(nowNanos);
      if (first != null && (!leaves || first.nextNanos() <= plan.next())) {
        first.advanceNext(Math.max(earliest, Math.min(nowNanos, first.nextNanos())));
      } else if (leaves) {
        plan.leaveNext(measured);
      } else {
        break;
      }
    }
    for (Ensemble ensemble : members.all()) {
      ensemble.advanceTo(nowNanos);
    }
    members.endChange();
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

  /** Changes the tempo; stops, with all notes off, or goes on. */
  public void transport(Transport wanted, long wallNanos) {
    transport.tempo(wanted.bpm(), 0, now(wallNanos));
    transport.play(wanted.playing(), now(wallNanos));
  }

  /** An ensemble plays otherwise from now on. */
  void style(Ensemble ensemble, EnsembleStyle wanted, long wallNanos) {
    long nowNanos = now(wallNanos);
    advance(nowNanos);
    ensemble.play(wanted);
    members.listen();
    if (begun && clock.isRunning()) {
      plan.retime(nowNanos);
    }
  }

  /** The clock runs otherwise than before. */
  void retime(long nowNanos) {
    if (isPlaying()) {
      plan.retime(nowNanos);
    }
  }

  /** Now, in the time that the song runs by. */
  long now(long wallNanos) {
    return isOffline() ? advanceNanos : wallNanos;
  }

  /** Tells where the music is. */
  void show(long nowNanos) {
    members.show(isPlaying(), nowNanos);
  }

  /** Plays to the end of the bar; a song that has not begun or is stopped ends at once. */
  public void finishAtBarLine() {
    finishing = true;
    members.finishAtBarLine();
  }

  /** Whether {@link #finishAtBarLine} was asked for and the last bar of all is over. */
  public boolean isOver() {
    return finishing && (!begun || !clock.isRunning() || (members.finished() && plan.isEmpty()));
  }

  /** Plays all that is left of a song that is to finish. */
  void runOut() {
    if (!begun || !clock.isRunning()) {
      return;
    }
    for (long next = nextEvent(); next != Scheduler.NEVER; next = nextEvent()) {
      advance(Math.max(next, advanceNanos));
    }
  }

  /** Ends the song; the next rhythm begins a new one. Returns when the outputs are closed. */
  public void end(long nowNanos) {
    long here = begun ? Math.max(0, clock.grainAt(nowNanos)) : 0;
    long grain = begun && members.finished() ? members.endGrain() : here;
    members.halt(begun);
    outputs.finish(grain);
    if (begun && offline) {
      controllers.forget();
    }
    for (Ensemble ensemble : members.all()) {
      ensemble.take();
    }
    members.adopt();
    plan.begin(false);
    clock.run(false, nowNanos);
    begun = false;
    finishing = false;
    show(nowNanos);
    members.endChange();
  }

  public boolean hasBegun() {
    return begun;
  }

  /** In the sound's own time. */
  public boolean isOffline() {
    return begun && offline;
  }

  /** Whether it has begun and runs. */
  boolean isPlaying() {
    return begun && clock.isRunning();
  }

  Clock clock() {
    return clock;
  }

  /** What starts, stops and steers it. */
  SongTransport transport() {
    return transport;
  }

  /** Strokes for which the plan had no room; it has far more than robots can do. */
  public long overflowed() {
    return plan.overflowed();
  }

  /** When the timing thread had handed strokes to the ports, against when they were due. */
  public Lateness lateness() {
    return lateness;
  }
}
