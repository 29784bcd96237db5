package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.hit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.midi.time.Transport.TakeOver;

/** The clock at work, at 300 bpm so that it is soon over. */
class TimingThreadTest {
  private static final Grid ONE_BAR = new Grid(1, 4, 4, 12, 1);

  private final FakeOutputs outputs = new FakeOutputs();
  private final Performance performance =
      new Performance(Ensembles.at(300, TakeOver.BAR, 0, 100_000), outputs);

  @AfterEach
  void close() {
    performance.close();
  }

  private static Pattern everyStep(boolean last) {
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < ONE_BAR.steps(); step++) {
      hits.add(hit(step, 0, 0));
    }
    return new Pattern(
        Rhythms.rhythm(
            new org.latentspace.performer.Origin("p", 1, 0, 0, false, last), ONE_BAR, hits));
  }

  @Test
  void beginsWithTheFirstRhythmPlaysOutTheBarAfterTheLastAndSaysSo() throws Exception {
    performance.start();
    CountDownLatch finished = new CountDownLatch(1);
    EchoListener listener =
        (newest, end) -> {
          if (end) {
            finished.countDown();
          }
        };
    performance.play(everyStep(false).rhythm(), listener);
    outputs.await(3);
    performance.play(everyStep(true).rhythm(), listener);
    assertTrue(finished.await(10, TimeUnit.SECONDS));
    assertEquals(0, outputs.strokes.size() % 48, "whole bars: " + outputs.strokes.size());
    assertTrue(outputs.finished);
    for (int i = 1; i < outputs.due.size(); i++) {
      long step = outputs.due.get(i) - outputs.due.get(i - 1);
      assertEquals(60e9 / 300 / 12, step, 2, "steps are even");
    }
    assertEquals(0, performance.performers());
  }

  @Test
  void stopHoldsTheSongWithAllNotesOffAndPlayLetsItGoOn() {
    performance.start();
    performance.play(everyStep(false).rhythm(), (newest, end) -> {});
    outputs.await(5);
    performance.stop();
    outputs.awaitQuiet();
    int struck = outputs.strokes.size();
    assertFalse(performance.ensembles().get(0).position().playing());
    performance.transport(new Transport(200, true));
    outputs.await(struck + 5);
    for (int i = 1; i < outputs.strokes.size(); i++) {
      assertEquals(
          ONE_BAR.stepGrains(),
          outputs.strokes.get(i) - outputs.strokes.get(i - 1),
          "none lost, none doubled");
    }
    assertEquals(200, performance.ensembles().get(0).position().bpm());
  }

  @Test
  void allocatesNothingWhilePlaying() {
    assertAllocatesNothing(Ensembles.generalMidi(TakeOver.BAR, 0));
  }

  @Test
  void allocatesNothingWhileRobotsOfAllKindsPlay() {
    assertAllocatesNothing(Ensembles.robots(32));
  }

  private static void assertAllocatesNothing(EnsembleSetup setup) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Song song = new Song(new Transport(120, true), new FakeOutputs.Silent());
    Ensemble ensemble = song.add(setup, PlaybackListener.NOBODY);
    song.handOver(ensemble, everyStep(false), false, 0);
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now = song.nextNanos();
      song.advance(now);
    }
    long bars = 1000;
    long end = now + bars * 2_000_000_000L;
    long before = threads.getCurrentThreadAllocatedBytes();
    while (now < end) {
      now = song.nextNanos();
      song.advance(now);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(ensemble.strokes() > bars, "strokes: " + ensemble.strokes());
    // A bar leaves one small note of where it began, nothing else.
    assertTrue(bytes <= bars * 64 + 4096, "bytes: " + bytes);
  }
}
