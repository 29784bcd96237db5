package org.latentspace.midi.time;

import java.util.List;

/**
 * The clocks elsewhere: one that leads the song's tempo, one that starts and stops it, and those
 * that follow the song. Timing thread only.
 *
 * <pre>
 *   ClockSource --> tempo: ClockSync ------------> Clock --> MidiClockSender --> ports
 *   ClockSource --> starts and stops --> Song --------^
 * </pre>
 */
final class ExternalClocks {
  private static final MidiClockSender[] NOBODY = {};
  private static final long LATE_NANOS = 100_000_000;

  private final Song song;
  private final SongTransport hands;
  private final Clock clock;
  private final Outputs outputs;
  private final ClockSync sync;
  private ClockSource tempo;
  private ClockSource transport;
  private long orders;
  private boolean bending;
  private MidiClockSender[] senders = NOBODY;

  ExternalClocks(Song song, SongTransport hands, Clock clock, Outputs outputs) {
    this.song = song;
    this.hands = hands;
    this.clock = clock;
    this.outputs = outputs;
    sync = new ClockSync(clock);
  }

  ClockSync sync() {
    return sync;
  }

  /** Follows these from now on; null: what is said here. */
  void follow(ClockSource leadsTempo, ClockSource leadsTransport) {
    if (tempo != leadsTempo) {
      tempo = leadsTempo;
      sync.follow(tempo);
    }
    if (transport != leadsTransport) {
      transport = leadsTransport;
      orders = transport == null ? 0 : transport.orders();
      if (transport != null && !song.hasBegun()) {
        hands.awaitStart();
      }
      join();
    }
  }

  /** Has it start the song anew if it plays and the song does not. */
  void join() {
    if (transport != null && transport.plays() && !hands.isTold()) {
      orders = transport.orders() - 1;
    }
  }

  /** These get the song's clock. */
  void sendTo(List<ClockControl.Listener> listeners) {
    senders = listeners.stream().map(this::sender).toArray(MidiClockSender[]::new);
  }

  /** One that sends already goes on. */
  private MidiClockSender sender(ClockControl.Listener to) {
    for (MidiClockSender sender : senders) {
      if (sender.isFor(to)) {
        return sender;
      }
    }
    return new MidiClockSender(clock, to.port(), to.nudgeNanos());
  }

  /** How long before a song begins those must know who follow it. */
  long leadInNanos() {
    return senders.length == 0 ? 0 : MidiClockSender.leadInNanos(clock.bpm());
  }

  /** The earliest moment, from this one on, at which a song may begin. */
  long beginNanos(long earliest, long nowNanos) {
    return sync.beginNanos(earliest, nowNanos);
  }

  /** Where a song begins at a moment: where the clock is that starts and stops, or at 0. */
  long beginGrain(long nanos) {
    boolean there = transport != null && transport.plays() && transport.startGrain() >= 0;
    return there ? Math.max(0, Math.round(transport.placeAt(nanos))) : 0;
  }

  /** Does what is due. */
  void turn(long nowNanos) {
    if (song.isOffline()) {
      return;
    }
    for (MidiClockSender sender : senders) {
      sender.send(nowNanos, outputs);
    }
    if (tempo != null) {
      tempo.read();
    }
    if (transport != null) {
      transport.read();
      obey(nowNanos);
    }
    if (sync.steer(nowNanos)) {
      hands.steered(nowNanos);
    }
    boolean bends = clock.isRunning() && clock.bendEndNanos() > nowNanos;
    if (bends || bending) {
      hands.tell(!bends, nowNanos);
    }
    bending = bends;
  }

  /** When a clock that goes out has something to say next. */
  long nextNanos() {
    long next = Scheduler.NEVER;
    if (!song.isOffline()) {
      for (MidiClockSender sender : senders) {
        next = Math.min(next, sender.nextNanos());
      }
    }
    return next;
  }

  private void obey(long nowNanos) {
    if (orders == transport.orders()) {
      return;
    }
    orders = transport.orders();
    long start = transport.startNanos();
    long soon = nowNanos + song.leadInNanos();
    if (!transport.plays()) {
      hands.play(false, nowNanos);
    } else if (transport.startGrain() < 0) {
      startInPhase(start < nowNanos ? transport.beginNanos(soon) : start, nowNanos);
    } else if (nowNanos - start < LATE_NANOS) {
      hands.goOnAt(start, transport.startGrain(), nowNanos);
    } else {
      // It has played for a while, and is joined where it is.
      hands.goOnAt(soon, Math.round(transport.placeAt(soon)), nowNanos);
    }
  }

  private void startInPhase(long nanos, long nowNanos) {
    if (!song.isPlaying()) {
      hands.startAt(nanos, hands.cycleFrom(transport.cycleGrains(), nowNanos), nowNanos);
    }
  }
}
