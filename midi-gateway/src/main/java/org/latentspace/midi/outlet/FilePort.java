package org.latentspace.midi.outlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.midi.rhythm.Grid;

/**
 * {@code file:PATH}: the performance as a Standard MIDI File. A thread of its own writes what the
 * timing thread leaves in a bounded queue; places are those of the song, so the same performance
 * gives the same bytes. A second performance goes to PATH-2, a third to PATH-3.
 */
final class FilePort implements Port {
  // Kinds of event: the numbers that the file itself uses; a note-on has none.
  private static final int TEMPO = 0x51 << 24;
  private static final int METER = 0x58 << 24;
  private static final int END = 0x2f << 24;
  private static final int BEGIN = 0x01 << 24;
  private static final int CONTROL = 0xb;
  private static final int KIND = 0x7f << 24;

  private static final long FLUSH_NANOS = 1_000_000_000;
  private static final long NAP_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final int MOST_KEPT_BYTES = 16_000_000;

  private final String address;
  private final Path path;
  private final double gateMs;
  private final EventRing ring = new EventRing();
  private final Thread thread;
  private final LongAdder strokes = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean offline;
  private volatile boolean open = true;
  private volatile String weather = "ok";
  private volatile CountDownLatch finished = new CountDownLatch(0);

  // Belongs to the port's thread.
  private MidiFileWriter file;
  private int performance = 1;
  private boolean over;
  private long written;
  private double gateGrains;
  private long lastGrain;
  private long nextFlush;

  /** Throws IOException when the file cannot be written. */
  FilePort(String address, Path path, double gateMs) throws IOException {
    this.address = address;
    this.path = path;
    this.gateMs = gateMs;
    file = new MidiFileWriter(path);
    thread = new Thread(this::run, "midi-port-file");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void begin(boolean inSoundTime) {
    offline = inSoundTime;
    put(0, BEGIN);
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn) {
    if (put(grain, noteOn)) {
      strokes.increment();
    } else {
      dropped.increment();
    }
  }

  @Override
  public void control(long grain, int message) {
    put(grain, message);
  }

  @Override
  public void tempo(long grain, double bpm) {
    put(grain, TEMPO | (int) Math.round(60e6 / bpm));
  }

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {
    put(grain, METER | beatsPerBar << 8 | beatUnit);
  }

  /** Live it never waits; offline nothing may be lost, and the disk is waited for. */
  private boolean put(long grain, int message) {
    if (ring.offer(0, grain, message)) {
      return true;
    }
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    while (offline && System.nanoTime() < giveUp) {
      LockSupport.unpark(thread);
      LockSupport.parkNanos(this, 100_000);
      if (ring.offer(0, grain, message)) {
        return true;
      }
    }
    return false;
  }

  private void run() {
    while (open || !ring.isEmpty()) {
      if (ring.isEmpty()) {
        flushNowAndThen(System.nanoTime());
        LockSupport.parkNanos(this, NAP_NANOS);
      } else {
        write(ring.grain(), ring.message());
        ring.remove();
      }
    }
    if (!over) {
      end(lastGrain);
    }
  }

  private void write(long grain, int message) {
    int kind = message & KIND;
    int value = message & ~KIND;
    lastGrain = Math.max(lastGrain, grain);
    switch (kind) {
      case BEGIN -> beginFile();
      case END -> end(grain);
      case TEMPO -> tempo(grain, value);
      case METER -> file.meter(grain, value >> 8, value & 0xff);
      default -> {
        if (file.isFull(MOST_KEPT_BYTES)) {
          dropped.increment();
        } else if (message >> 20 == CONTROL) {
          file.control(grain, message);
        } else {
          file.strike(grain, message, Math.round(gateGrains));
          written++;
        }
      }
    }
  }

  private void tempo(long grain, int microsPerQuarter) {
    gateGrains = gateMs * 1000 / microsPerQuarter * Grid.GRAINS_PER_QUARTER;
    file.tempo(grain, 60e6 / microsPerQuarter);
  }

  private void beginFile() {
    Path next = path;
    if (written > 0) {
      performance++;
      String name = path.getFileName().toString();
      int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
      next = path.resolveSibling(name.substring(0, dot) + "-" + performance + name.substring(dot));
    }
    try {
      file = new MidiFileWriter(next);
    } catch (IOException failed) {
      weather = "cannot write " + next + ": " + failed.getMessage();
    }
    written = 0;
    lastGrain = 0;
    over = false;
  }

  private void end(long grain) {
    try {
      file.end(grain);
      weather = "ok";
    } catch (IOException failed) {
      weather = "cannot write: " + failed.getMessage();
    }
    over = true;
    finished.countDown();
  }

  private void flushNowAndThen(long now) {
    if (over || now < nextFlush) {
      return;
    }
    nextFlush = now + FLUSH_NANOS;
    try {
      file.flush();
      weather = "ok";
    } catch (IOException failed) {
      weather = "cannot write: " + failed.getMessage();
    }
  }

  /** Returns when the file is closed, or after two seconds. */
  @Override
  public void finish(long grain) {
    CountDownLatch done = new CountDownLatch(1);
    finished = done;
    if (!put(grain, END)) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      if (!done.await(2, TimeUnit.SECONDS)) {
        weather = "slow: the file was not closed in time";
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join(2000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String weather() {
    return weather;
  }

  @Override
  public long strokes() {
    return strokes.sum();
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }
}
