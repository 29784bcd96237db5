package org.latentspace.midi.outlet;

import java.util.concurrent.locks.LockSupport;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Lateness;
import org.latentspace.midi.time.Scheduler;

/**
 * A port to a device that may block, hang, be unplugged and come back: a thread of its own sends
 * what the timing thread leaves in a bounded queue, and ends each note after its gate time.
 *
 * <p>A stroke that could not leave within 100 ms is dropped and counted: a device that comes back
 * is not struck with everything that it has missed.
 */
final class DevicePort extends QueuedPort {
  private static final long MOST_LATE_NANOS = 100_000_000;
  private static final long NAP_NANOS = 50_000_000;
  private static final long AWAKE_AFTER_NANOS = 200_000;
  private static final int KEYS = 16 * 128;
  private static final int NOTE_ON = 0x9;
  private static final int SYSTEM = 0xf;

  private final Instrument.Maker maker;
  private final long spinNanos;
  private final int tendEvery;
  private final Lateness lateness = new Lateness();
  private final Lateness clockLateness = new Lateness();

  // Belongs to the port's thread: when each sounding note ends, by channel * 128 + note.
  private final long[] offNanos = new long[KEYS];
  private final boolean[] sounds = new boolean[KEYS];
  private int sounding;

  private volatile Instrument instrument;
  private volatile boolean muted;
  private volatile boolean quiet;
  private volatile boolean failed;
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
  public void begin(boolean offline) {
    muted = offline;
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    if (muted) {
      return;
    }
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
      if (ring.isEmpty()) {
        rest(endNotes(now), now);
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
      if (send(noteOn) && noteOn >> 20 == SYSTEM) {
        clockLateness.record(System.nanoTime() - due);
      }
      return;
    }
    int key = (noteOn >> 16 & 0xf) * 128 + (noteOn >> 8 & 0x7f);
    if (now - due > MOST_LATE_NANOS) {
      dropped.increment();
      return;
    }
    if (sounds[key]) {
      off(key);
    }
    if (send(noteOn)) {
      lateness.record(System.nanoTime() - due);
      strokes.increment();
      sounds[key] = true;
      sounding++;
      offNanos[key] = now + gateNanos;
    } else {
      dropped.increment();
    }
  }

  /** Ends the notes whose gate time is over; returns when the next one ends. */
  private long endNotes(long now) {
    long next = now + NAP_NANOS;
    if (sounding == 0) {
      return next;
    }
    for (int key = 0; key < KEYS; key++) {
      if (sounds[key]) {
        if (offNanos[key] <= now) {
          off(key);
        } else {
          next = Math.min(next, offNanos[key]);
        }
      }
    }
    return next;
  }

  private void off(int key) {
    sounds[key] = false;
    sounding--;
    send(0x800000 | key / 128 << 16 | key % 128 << 8);
  }

  private boolean send(int message) {
    Instrument device = instrument;
    if (device == null) {
      return false;
    }
    try {
      device.send(message);
      return true;
    } catch (Exception gone) {
      failed = true;
      return false;
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
        send(ring.message());
      }
      ring.remove();
    }
    for (int key = 0; key < KEYS; key++) {
      if (sounds[key]) {
        off(key);
      }
    }
    for (int channel = 0; channel < 16; channel++) {
      send(0xb07b00 | channel << 16);
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
    if (device != null && (failed || !device.isPresent())) {
      instrument = null;
      status = "lost: plug it in again";
      device.close();
    }
    if (instrument == null && tended++ % tendEvery == 0) {
      failed = false;
      try {
        instrument = maker.open();
        status = "ok";
        tended = 0;
      } catch (Exception absent) {
        status = "absent: " + absent.getMessage();
      }
    }
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

  /** When notes left for the device, against when they were due. */
  Lateness lateness() {
    return lateness;
  }

  /** The same of the song's clock. */
  Lateness clockLateness() {
    return clockLateness;
  }
}
