package org.latentspace.midi.outlet;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource;
import org.latentspace.midi.time.ClockSource.Kind;

/**
 * The clocks elsewhere, open while one is followed: nothing is multicast, and no port is held,
 * before that.
 */
public final class ClockSources implements AutoCloseable {
  private static final double MOST_OFFSET_MS = 1000;

  private final Settings settings;
  private double offsetMs;
  private ScheduledExecutorService thread;
  private LinkClockSource link;
  private MidiClockInput input;
  private Future<?> tended;

  /**
   * How they are reached.
   *
   * @param midiIn part of a MIDI input's name; empty: none
   * @param linkQuantum beats, 1..64
   * @param linkOffsetMs -1000..1000
   */
  public record Settings(String midiIn, int linkQuantum, double linkOffsetMs) {}

  public ClockSources(Settings settings) {
    this.settings = settings;
    offsetMs = settings.linkOffsetMs;
  }

  /**
   * Has the clock follow these from now on, and lets go of others.
   *
   * @return false = too much is waiting already; not done
   * @throws IllegalStateException there is no MIDI input to follow
   */
  public synchronized boolean follow(ClockControl clock, Kind tempo, Kind transport) {
    boolean midi = tempo == Kind.MIDI || transport == Kind.MIDI;
    if (midi && settings.midiIn.isEmpty()) {
      throw new IllegalStateException("midi-gateway.clock.midi-in names no MIDI input");
    }
    boolean taken = clock.follow(open(tempo, clock), open(transport, clock));
    if (taken && !midi && input != null) {
      closeInput();
    }
    if (taken && tempo != Kind.LINK && transport != Kind.LINK && link != null) {
      closeLink();
    }
    return taken;
  }

  private ClockSource open(Kind kind, ClockControl clock) {
    return switch (kind) {
      case INTERNAL -> null;
      case LINK -> {
        if (link == null) {
          link = new LinkClockSource(offsetMs, settings.linkQuantum, clock, thread());
        }
        yield link;
      }
      case MIDI -> {
        if (input == null) {
          input = new MidiClockInput(settings.midiIn, clock);
          tended = thread().scheduleWithFixedDelay(input::tend, 0, 1, TimeUnit.SECONDS);
        }
        yield input.source();
      }
    };
  }

  private ScheduledExecutorService thread() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread own = new Thread(task, "midi-clock");
                own.setDaemon(true);
                return own;
              });
    }
    return thread;
  }

  private void closeInput() {
    tended.cancel(false);
    thread.execute(input::letGo);
    input = null;
  }

  private void closeLink() {
    link.close();
    link = null;
  }

  /**
   * The song's beats come so much later than Link's; negative: earlier.
   *
   * @throws IllegalArgumentException unless -1000..1000
   */
  public synchronized void linkOffset(double millis) {
    if (!(Math.abs(millis) <= MOST_OFFSET_MS)) {
      throw new IllegalArgumentException("link_offset_ms is " + millis + ", expected -1000..1000");
    }
    offsetMs = millis;
    if (link != null) {
      link.offset(millis);
    }
  }

  public synchronized double linkOffset() {
    return offsetMs;
  }

  /** What is known of what is open, for example "link: 2 peers, 120.0 bpm"; or "ok". */
  public synchronized String status() {
    String first = input == null ? "" : "midi: " + input.status();
    String second = link == null ? "" : "link: " + link.status();
    String both = first + (first.isEmpty() || second.isEmpty() ? "" : "; ") + second;
    return both.isEmpty() ? "ok" : both;
  }

  @Override
  public synchronized void close() {
    if (input != null) {
      closeInput();
    }
    if (link != null) {
      closeLink();
    }
    if (thread != null) {
      thread.shutdown();
    }
  }
}
