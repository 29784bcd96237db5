package org.latentspace.midi.outlet;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Lateness;
import org.latentspace.midi.time.Scheduler;

/**
 * A port to a device that may block, hang, be unplugged and come back: a thread of its own sends
 * what the timing thread leaves in a bounded queue, and ends each note after its gate time.
 *
 * <p>A stroke that could not leave within 100 ms is dropped and counted: a device that comes back
 * is not struck with everything that it has missed. A note sounds until its note-off has left; one
 * that could not be ended in time is tried again, and counted. A device is silenced before it is
 * played: it may sound from an earlier run that was killed.
 */
final class DevicePort extends QueuedPort {
  private static final long MOST_LATE_NANOS = 100_000_000;
  private static final long NAP_NANOS = 50_000_000;
  private static final long AWAKE_AFTER_NANOS = 200_000;
  private static final long MOST_OFF_LATE_NANOS = 20_000_000;
  private static final long HANGS_NANOS = 250_000_000;
  private static final long STUCK_NANOS = 1_000_000_000;
  private static final String STUCK = "stuck: takes no messages";
  private static final int NOTE_ON = 0x9;
  private static final int SYSTEM = 0xf;

  private final Instrument.Maker maker;
  private final long spinNanos;
  private final int tendEvery;
  private final Lateness lateness = new Lateness();
  private final Lateness clockLateness = new Lateness();

  // Of the port's thread.
  private final SoundingNotes notes = new SoundingNotes();
  private final DinCable cable = new DinCable();
  private final LongAdder hung = new LongAdder();
  private volatile int[] noteOffs = {};

  private volatile Instrument instrument;
  private volatile boolean muted;
  private volatile boolean quiet;
  private volatile boolean failed;
  private volatile long sendingSince = Scheduler.NEVER;
  private volatile boolean parked;
  private volatile long expected = Scheduler.NEVER;
  private int tended;

  /**
   * How to treat a device.
   *
   * @param spinNanos how long before an expected stroke the thread stays awake
   * @param tendSeconds how often an absent device is looked for
   */
  record PortSettings(long spinNanos, int tendSeconds) {}

  DevicePort(String address, Instrument.Maker maker, PortSettings manner) {
    super(address, "midi-port-" + address, "opening");
    this.maker = maker;
    spinNanos = manner.spinNanos;
    tendEvery = manner.tendSeconds;
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  @Override
  public void own(int[] ofRobots) {
    noteOffs = ofRobots.clone();
  }

  @Override
  public void begin(boolean offline) {
    muted = offline;
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    if (muted) {
      return;
    }
    cable.strike(dueNanos);
    if (instrument == null || !ring.offer(dueNanos, grain, noteOn, robot.gateNanos())) {
      dropped.increment();
      return;
    }
    wake();
  }

  @Override
  public void control(long grain, int message) {
    if (!muted && instrument != null && ring.offer(System.nanoTime(), grain, message, 0)) {
      wake();
    }
  }

  @Override
  public void clock(long dueNanos, long ports, int message) {
    if (!muted && instrument != null && ring.offer(dueNanos, 0, message, 0)) {
      wake();
    }
  }

  @Override
  public void expect(long dueNanos) {
    expected = dueNanos;
  }

  private void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  void run() {
    while (open || quiet) {
      if (quiet) {
        allOff();
      }
      long now = System.nanoTime();
      // Strokes go before the ends of notes, as long as these are not much too late.
      if (notes.next() <= now - (ring.isEmpty() ? 0 : MOST_OFF_LATE_NANOS)) {
        notes.end(now, now + NAP_NANOS, this::off);
      } else if (ring.isEmpty()) {
        rest(Math.min(now + NAP_NANOS, notes.next()), now);
      } else {
        sendOldest(now);
      }
    }
  }

  private void sendOldest(long now) {
    long due = ring.due();
    int noteOn = ring.message();
    long gateNanos = ring.gate();
    ring.remove();
    if (noteOn >> 20 != NOTE_ON) {
      if (send(noteOn, due) && noteOn >> 20 == SYSTEM) {
        clockLateness.record(System.nanoTime() - due);
      }
      return;
    }
    if (now - due > MOST_LATE_NANOS) {
      dropped.increment();
      return;
    }
    notes.end(noteOn, this::off);
    if (send(noteOn, due)) {
      lateness.record(System.nanoTime() - due);
      strokes.increment();
      notes.begin(noteOn, Math.max(now, due) + gateNanos);
    } else {
      dropped.increment();
    }
  }

  private boolean off(int noteOff, long endNanos) {
    boolean sent = send(noteOff, Math.min(endNanos, System.nanoTime()));
    if (sent && System.nanoTime() - endNanos > HANGS_NANOS) {
      hung.increment();
    }
    return sent;
  }

  private boolean send(int message, long dueNanos) {
    Instrument device = instrument;
    if (device == null) {
      return false;
    }
    try {
      sendingSince = System.nanoTime();
      device.send(message, dueNanos);
      return true;
    } catch (Exception | LinkageError gone) {
      failed = true;
      return false;
    } finally {
      sendingSince = Scheduler.NEVER;
    }
  }

  /**
   * Asleep until there is something to do; awake around the moment at which a stroke is expected.
   */
  private void rest(long until, long now) {
    long stroke = expected;
    if (stroke != Scheduler.NEVER && now < stroke + AWAKE_AFTER_NANOS) {
      if (now >= stroke - spinNanos) {
        Thread.onSpinWait();
        return;
      }
      until = Math.min(until, stroke - spinNanos);
    }
    parked = true;
    if (ring.isEmpty() && !quiet && open) {
      LockSupport.parkNanos(this, until - now);
    }
    parked = false;
  }

  private void allOff() {
    quiet = false;
    while (!ring.isEmpty()) {
      // A clock's stop must not be lost among the notes.
      if (ring.message() >> 20 == SYSTEM) {
        send(ring.message(), ring.due());
      }
      ring.remove();
    }
    notes.end(Long.MAX_VALUE, System.nanoTime() + NAP_NANOS, this::off);
    for (int channel = 0; channel < Instrument.CHANNELS; channel++) {
      send(Instrument.ALL_OFF | channel << 16, System.nanoTime());
    }
  }

  @Override
  public void quiet() {
    quiet = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void tend() {
    try {
      look();
    } catch (RuntimeException | LinkageError broken) {
      status = "broken: " + broken;
    }
  }

  private void look() {
    Instrument device = instrument;
    long since = sendingSince;
    if (since != Scheduler.NEVER && System.nanoTime() - since > STUCK_NANOS) {
      // To close it now might hang as well.
      status = STUCK;
      return;
    }
    status = status.equals(STUCK) ? "ok" : status;
    if (device != null && (failed || !device.isPresent())) {
      instrument = null;
      status = "lost: plug it in again";
      device.close();
    }
    if (instrument == null && tended++ % tendEvery == 0) {
      failed = false;
      try {
        open(maker.open());
      } catch (Exception absent) {
        status = "absent: " + absent.getMessage();
      }
    }
  }

  private void open(Instrument device) throws Exception {
    try {
      device.silence(noteOffs);
    } catch (Exception gone) {
      device.close();
      throw gone;
    }
    instrument = device;
    status = "ok";
    tended = 0;
  }

  /** Sends all notes off and lets the device go, within 100 ms. */
  @Override
  public void close() {
    quiet();
    end(100);
    Instrument device = instrument;
    instrument = null;
    if (device != null && !thread.isAlive()) {
      device.close();
    }
  }

  /** Notes whose note-off left much later than it was due. */
  @Override
  public long hung() {
    return hung.sum();
  }

  @Override
  public DinCable cable() {
    return cable;
  }

  /** When notes left for the device, against when they were due. */
  Lateness lateness() {
    return lateness;
  }

  /** The same of the song's clock. */
  Lateness clockLateness() {
    return clockLateness;
  }
}
