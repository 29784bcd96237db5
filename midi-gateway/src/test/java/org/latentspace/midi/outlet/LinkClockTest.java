package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.latentspace.link.InNamespace;
import org.latentspace.link.ReferencePeer;
import org.latentspace.link.ReferencePeer.Answer;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport.TakeOver;

/** The song in a session with Ableton's own implementation, through real sockets. */
@ExtendWith(InNamespace.class)
@Timeout(240)
class LinkClockTest {
  private static final int QUANTUM = 4;
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  private record Struck(long dueNanos, long grain) {}

  private final ConcurrentLinkedQueue<Struck> struck = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void build() throws Exception {
    InNamespace.namespace();
    ReferencePeer.build();
  }

  private static double until(String what, Callable<Boolean> holds) throws Exception {
    long begun = System.nanoTime();
    while (!holds.call()) {
      assertTrue(System.nanoTime() - begun < PATIENCE_NANOS, "not within 40 s: " + what);
      LockSupport.parkNanos(2_000_000);
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static Pattern everySixteenth() {
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < Grid.FOUR_FOUR.steps(); step++) {
      hits.add(Rhythms.hit(step, 0, 0));
    }
    return Rhythms.pattern(1, Grid.FOUR_FOUR, hits);
  }

  /**
   * Over the strokes of three seconds: when they are due, by the phase that the reference tells.
   */
  private void assertInPhase(String when, ReferencePeer reference) throws Exception {
    struck.clear();
    until("strokes", () -> struck.size() >= 24);
    Answer its = reference.ask("state");
    double[] apart =
        struck.stream()
            .mapToDouble(
                stroke -> {
                  double beats = (stroke.dueNanos / 1e3 - its.hostMicros()) * its.bpm() / 60e6;
                  double off =
                      its.phase() + beats - (double) stroke.grain / Grid.GRAINS_PER_QUARTER;
                  off -= Math.rint(off / QUANTUM) * QUANTUM;
                  return Math.abs(off) / its.bpm() * 60e6;
                })
            .sorted()
            .toArray();
    double p95 = apart[(int) (apart.length * 0.95)];
    System.out.printf(
        "%s: strokes apart by %.0f us (median), %.0f us (p95)%n",
        when, apart[apart.length / 2], p95);
    assertTrue(p95 < 1000, when + ": " + p95 + " us apart");
  }

  @Test
  void theSongIsInPhaseWithTheReferenceAndTempoStartAndStopGoBothWays() throws Exception {
    try (ReferencePeer reference = new ReferencePeer(97);
        ClockSources sources = new ClockSources(new ClockSources.Settings("", QUANTUM, 0));
        Performance performance =
            new Performance(
                Ensembles.at(120, TakeOver.BAR, 0, 150_000),
                (due, grain, noteOn, robot) -> struck.add(new Struck(due, grain)))) {
      long begun = System.nanoTime();
      until("the reference's session is a second old", () -> System.nanoTime() - begun > 1e9);
      ClockControl clock = performance.clock();
      performance.start();
      sources.follow(clock, Kind.LINK, Kind.LINK);
      performance.play(everySixteenth().rhythm(), (newest, end) -> {});
      until("both are in one session", () -> clock.read().peers() == 1);
      until("its tempo", () -> Math.abs(clock.transport().bpm() - 97) < 0.01);
      assertTrue(struck.isEmpty(), "waits for a start");

      reference.ask("play");
      until("a start here", () -> clock.transport().playing());
      assertInPhase("started by the reference", reference);
      assertTrue(Math.abs(clock.read().phaseErrorMs()) < 1, clock.read().toString());

      tempoGoesBothWays(clock, reference);
      transportGoesBothWays(clock, reference);
    }
  }

  private void tempoGoesBothWays(ClockControl clock, ReferencePeer reference) throws Exception {
    clock.tempo(60, 0);
    double there = until("60 bpm", () -> Math.abs(reference.ask("state").bpm() - 60) < 0.01);
    assertInPhase("tempo changed by us", reference);
    reference.ask("tempo 75");
    double here = until("75 bpm", () -> Math.abs(clock.transport().bpm() - 75) < 0.01);
    System.out.printf("a tempo took %.0f ms to the reference, %.0f ms to the song%n", there, here);
    assertTrue(there < 1000 && here < 1000, "within a beat at 60 bpm");
    assertInPhase("tempo changed by the reference", reference);
    clock.tempo(120, 1_000_000_000);
    until("a ramp there", () -> Math.abs(reference.ask("state").bpm() - 120) < 0.01);
    assertInPhase("after a ramp", reference);
  }

  private void transportGoesBothWays(ClockControl clock, ReferencePeer reference) throws Exception {
    reference.ask("halt");
    until("a stop here", () -> !clock.transport().playing());
    clock.play(true);
    until("a start there", () -> reference.ask("state").playing());
    double phase = reference.ask("state").transportPhase();
    assertEquals(0, phase - Math.rint(phase / QUANTUM) * QUANTUM, 0.001, "waits for the quantum");
    assertInPhase("started by us", reference);
    clock.play(false);
    until("a stop there", () -> !reference.ask("state").playing());
  }
}
