package org.latentspace.midi.time;

import java.util.List;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.ClockSource.State;

/**
 * What hands and pads want of the clock, from any thread: brings it to whoever rules, here or
 * elsewhere. Tempo and transport may follow different clocks.
 */
public final class ClockControl {
  private final Song song;
  private final TimingThread timing;
  private final TapTempo taps = new TapTempo();
  private volatile Transport wanted;
  private volatile ClockSource tempo;
  private volatile ClockSource transport;
  // What was asked of another clock and is not done yet, or null.
  private volatile Boolean asked;

  /**
   * What is seen of the clock.
   *
   * @param tempo who leads the tempo
   * @param transport who starts and stops
   * @param state of the one whose tempo is followed; FOLLOWING = all is well, or it is the internal
   * @param phaseErrorMs by how much the song is behind it; negative: ahead
   * @param driftMs the same, over the last ten seconds or so
   * @param peers others that share it
   */
  public record Reading(
      Kind tempo, Kind transport, State state, double phaseErrorMs, double driftMs, int peers) {}

  /** A port that gets the song's clock, as a bit, and how much later it gets it. */
  public record Listener(long port, long nudgeNanos) {}

  ClockControl(Transport first, Song song, TimingThread timing) {
    wanted = first;
    this.song = song;
    this.timing = timing;
  }

  private SongTransport hands() {
    return song.transport();
  }

  /** Tempo, or that which it is on its way to, and whether it plays. */
  public Transport transport() {
    double bpm = tempo == null ? wanted.bpm() : clamped(hands().bpm());
    Boolean soon = asked;
    boolean told = soon == null ? hands().isTold() : soon;
    return new Transport(bpm, transport == null ? wanted.playing() : told);
  }

  private static double clamped(double bpm) {
    return Math.max(Clock.SLOWEST_BPM, Math.min(Clock.FASTEST_BPM, bpm));
  }

  /**
   * Another tempo from now on.
   *
   * @param rampNanos it is reached evenly after so long
   * @throws IllegalArgumentException with the value and its range
   * @throws IllegalStateException the tempo follows a clock that takes none
   */
  public synchronized Transport tempo(double bpm, long rampNanos) {
    Transport next = new Transport(bpm, wanted.playing());
    ClockSource leads = tempo;
    if (leads == null) {
      wanted = next;
      timing.execute(() -> hands().tempo(bpm, rampNanos, song.now(System.nanoTime())));
    } else if (!leads.tempo(bpm, rampNanos)) {
      throw new IllegalStateException("the tempo follows " + name(leads));
    }
    return next;
  }

  private static String name(ClockSource source) {
    return source.kind() == Kind.MIDI ? "the MIDI clock" : "Ableton Link";
  }

  /**
   * Stops, with all notes off, or goes on. Under a MIDI clock a stop holds until the clock's next
   * start, and going on joins it if it plays.
   */
  public synchronized Transport play(boolean playing) {
    wanted = new Transport(wanted.bpm(), playing);
    ClockSource leads = transport;
    asked = playing;
    boolean handedOn = leads != null && leads.play(playing);
    timing.execute(
        () -> {
          if (!playing || leads == null) {
            hands().play(playing, song.now(System.nanoTime()));
          } else if (!handedOn) {
            hands().external().join();
          }
          asked = null;
        });
    return new Transport(transport().bpm(), playing);
  }

  /**
   * A beat was tapped; the second one and those after it are the tempo.
   *
   * @param nanos when, of {@link System#nanoTime}
   * @throws IllegalStateException the tempo follows a clock that takes none
   */
  public synchronized Transport tap(long nanos) {
    double bpm = taps.tap(nanos);
    return bpm == 0 ? transport() : tempo(bpm, 0);
  }

  /**
   * Follows these from now on; null: what is said here. Nothing jumps: the song catches up.
   *
   * @return false = too much is waiting already; not done
   */
  public synchronized boolean follow(ClockSource leadsTempo, ClockSource leadsTransport) {
    boolean taken = timing.execute(() -> hands().external().follow(leadsTempo, leadsTransport));
    if (taken) {
      Transport now = transport();
      wanted = now;
      tempo = leadsTempo;
      transport = leadsTransport;
    }
    return taken;
  }

  /** These ports get the song's clock; before the start, or on the timing thread. */
  public void sendTo(List<Listener> listeners) {
    hands().external().sendTo(listeners);
  }

  /** A clock has something to say: it is looked at soon. Any thread. */
  public void wake() {
    timing.wake();
  }

  public Reading read() {
    ClockSource source = tempo;
    ClockSync sync = hands().external().sync();
    return new Reading(
        kind(source),
        kind(transport),
        source == null ? State.FOLLOWING : sync.state(),
        sync.errorNanos() / 1e6,
        sync.meanNanos() / 1e6,
        source == null ? 0 : source.peers());
  }

  private static Kind kind(ClockSource source) {
    return source == null ? Kind.INTERNAL : source.kind();
  }
}
