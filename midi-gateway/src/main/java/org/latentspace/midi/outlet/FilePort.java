package org.latentspace.midi.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.robot.Robot;
import org.latentspace.wire.ResultFile;

/**
 * {@code file:PATH}: the performance as a Standard MIDI File. A thread of its own writes what the
 * timing thread leaves in a bounded queue; places are those of the song, so the same performance
 * gives the same bytes.
 *
 * <p>Nothing is written before the first stroke, or the end of a performance without one. A file
 * that is there already is left alone and the next free name is taken, PATH-2, PATH-3 and so on, as
 * for every further performance; only the first may be told to replace a file.
 */
final class FilePort extends QueuedPort {
  private static final Logger LOG = Logger.getLogger(FilePort.class);

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

  private final Path path;
  private final ResultFile result;
  private volatile boolean offline;
  private volatile long holdNanos;
  private volatile CountDownLatch finished = new CountDownLatch(0);

  // Belongs to the port's thread.
  private MidiFileWriter file;
  private boolean over;
  private long written;
  private final PriorityQueue<Event> held =
      new PriorityQueue<>(Comparator.comparingLong(Event::grain).thenComparingLong(Event::number));
  private long taken;
  private double grainsPerNano;
  private long lastGrain;
  private long nextFlush;

  /** Something for the file, with when it came and as which. */
  private record Event(long grain, long number, long nanos, int message, long gateNanos) {}

  /**
   * @param replace whether the first performance takes the place of a file that is there
   * @throws IOException when the file cannot be written, with a short reason
   */
  FilePort(String address, Path path, boolean replace) throws IOException {
    super(address, "midi-port-file", "ok");
    this.path = path;
    result = new ResultFile(path, replace);
    file = new MidiFileWriter(result);
    thread.start();
  }

  @Override
  public void begin(boolean inSoundTime) {
    offline = inSoundTime;
    put(0, BEGIN, 0);
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    if (put(grain, noteOn, robot.gateNanos())) {
      strokes.increment();
    } else {
      dropped.increment();
    }
  }

  /** Messages for slow robots come first, though they are heard later: they wait for the others. */
  @Override
  public void ahead(long nanos) {
    holdNanos = nanos;
  }

  @Override
  public void control(long grain, int message) {
    put(grain, message, 0);
  }

  @Override
  public void tempo(long grain, double bpm) {
    put(grain, TEMPO | (int) Math.round(60e6 / bpm), 0);
  }

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {
    put(grain, METER | beatsPerBar << 8 | beatUnit, 0);
  }

  /** Live it never waits; offline nothing may be lost, and the disk is waited for. */
  private boolean put(long grain, int message, long gateNanos) {
    if (ring.offer(0, grain, message, gateNanos)) {
      return true;
    }
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    while (offline && System.nanoTime() < giveUp) {
      LockSupport.unpark(thread);
      LockSupport.parkNanos(this, 100_000);
      if (ring.offer(0, grain, message, gateNanos)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void run() {
    while (open || !ring.isEmpty()) {
      if (ring.isEmpty()) {
        release(System.nanoTime() - (offline ? 0 : holdNanos));
        flushNowAndThen(System.nanoTime());
        LockSupport.parkNanos(this, NAP_NANOS);
      } else {
        take(new Event(ring.grain(), taken++, System.nanoTime(), ring.message(), ring.gate()));
        ring.remove();
      }
    }
    release(Long.MAX_VALUE);
    if (!over && written > 0) {
      endFile(lastGrain);
    }
  }

  private void take(Event event) {
    int kind = event.message & KIND;
    if (kind == BEGIN || kind == END) {
      release(Long.MAX_VALUE);
      write(event.grain, event.message, 0);
    } else {
      held.add(event);
      release(event.nanos - (offline ? 0 : holdNanos));
    }
  }

  /** Writes in the order of the song what came until then. */
  private void release(long until) {
    while (!held.isEmpty() && held.peek().nanos <= until) {
      Event next = held.poll();
      write(next.grain, next.message, next.gateNanos);
    }
  }

  private void write(long grain, int message, long gateNanos) {
    int kind = message & KIND;
    int value = message & ~KIND;
    lastGrain = Math.max(lastGrain, grain);
    switch (kind) {
      case BEGIN -> beginFile();
      case END -> endFile(grain);
      case TEMPO -> tempo(grain, value);
      case METER -> file.meter(grain, value >> 8, value & 0xff);
      default -> {
        if (file.isFull(MOST_KEPT_BYTES)) {
          dropped.increment();
        } else {
          if (message >> 20 == CONTROL) {
            file.control(grain, message);
          } else {
            file.strike(grain, message, Math.round(gateNanos * grainsPerNano));
          }
          nextFlush = written++ == 0 ? System.nanoTime() : nextFlush;
        }
      }
    }
  }

  private void tempo(long grain, int microsPerQuarter) {
    grainsPerNano = Grid.GRAINS_PER_QUARTER / (microsPerQuarter * 1e3);
    file.tempo(grain, 60e6 / microsPerQuarter);
  }

  private void beginFile() {
    if (!over && written > 0) {
      // The song began anew where it was not over.
      endFile(lastGrain);
    }
    if (written == 0 && file.path() != null) {
      // The one before had no stroke: its name is free again.
      written(() -> Files.deleteIfExists(file.path()));
    }
    file = new MidiFileWriter(result);
    written = 0;
    lastGrain = 0;
    over = false;
  }

  private void endFile(long grain) {
    written(() -> file.end(grain));
    over = true;
    finished.countDown();
  }

  private void flushNowAndThen(long now) {
    if (over || written == 0 || now < nextFlush) {
      return;
    }
    nextFlush = now + FLUSH_NANOS;
    written(file::flush);
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void written(Writing part) {
    Path before = file.path();
    try {
      part.write();
      status = "ok";
      if (before == null && !file.path().equals(path)) {
        LOG.infof("%s is there already; this performance goes to %s", path, file.path());
      }
    } catch (IOException failed) {
      status = "cannot write: " + failed.getMessage();
    }
  }

  /** Returns when the file is closed, or after two seconds. */
  @Override
  public void finish(long grain) {
    CountDownLatch done = new CountDownLatch(1);
    finished = done;
    if (!put(grain, END, 0)) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      if (!done.await(2, TimeUnit.SECONDS)) {
        status = "slow: the file was not closed in time";
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end(2000);
  }
}
