package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.midi.control.Control;
import org.latentspace.midi.played.PlayedLoops;
import org.latentspace.midi.played.PlayedLoops.PlayedLoop;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.played.StruckBars;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.PlaybackListener;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.performer.Origin;

/** Offline: from rhythms with sound times to a file. */
class OfflineTest {
  private static final long BLOCK_NANOS = 11_609_977;

  @TempDir Path folder;

  private final AtomicInteger answers = new AtomicInteger();

  private static Performance.Settings at(TakeOver takeOver) {
    return Ensembles.at(120, takeOver, 0.3f, 0);
  }

  /** Plays blocks of sound, a random rhythm with each; returns the file. */
  private byte[] run(String name, int blocks, TakeOver takeOver) throws Exception {
    return run(name, blocks, takeOver, PlaybackListener.NOBODY);
  }

  private byte[] run(String name, int blocks, TakeOver takeOver, PlaybackListener listener)
      throws Exception {
    Path path = folder.resolve(name);
    CountDownLatch finished = new CountDownLatch(1);
    Random random = new Random(5);
    try (Ports ports = OpenPorts.of(List.of("none:", "file:" + path), false);
        Performance performance =
            new Performance(at(takeOver), ports, (who, strikes) -> listener)) {
      performance.start();
      for (int block = 1; block <= blocks; block++) {
        Origin origin = new Origin("p", block, 0, block * BLOCK_NANOS, true, block == blocks);
        var hits = Rhythms.randomHits(FOUR_FOUR, random);
        Pattern pattern = new Pattern(Rhythms.rhythm(origin, FOUR_FOUR, hits));
        // The window of audio-service.
        int mostAhead = block - 16;
        until("the window has room", () -> answers.get() >= mostAhead);
        performance.play(
            pattern.rhythm(),
            (newest, end) -> {
              answers.incrementAndGet();
              if (end) {
                finished.countDown();
              }
            });
      }
      assertTrue(finished.await(20, TimeUnit.SECONDS), "finished");
      assertEquals(blocks, answers.getAndSet(0), "every message is answered");
      return Files.readAllBytes(path);
    }
  }

  @Test
  void theSameInputGivesTheSameFileByteForByte() throws Exception {
    byte[] first = run("one.mid", 1000, TakeOver.BEAT);
    byte[] second = run("two.mid", 1000, TakeOver.BEAT);
    assertArrayEquals(first, second);
    assertTrue(first.length > 2_000, "bytes: " + first.length);
  }

  @ParameterizedTest
  @EnumSource(TakeOver.class)
  void recordingChangesNothingOfTheFileAndRecordsTheSameEachTime(TakeOver takeOver)
      throws Exception {
    byte[] unrecorded = run("plain.mid", 1000, takeOver);
    List<String> first = new ArrayList<>();
    for (int take = 0; take < 2; take++) {
      PlayedRing ring = new PlayedRing();
      ring.record(true);
      assertArrayEquals(unrecorded, run("take" + take + ".mid", 1000, takeOver, ring));
      List<String> records = new ArrayList<>();
      ring.drain(
          new PlayedLoops(voice -> true, loop -> records.add(told(loop))),
          new StruckBars(bar -> {}));
      assertTrue(records.size() >= 2, "loops: " + records.size());
      assertEquals(0, ring.lost());
      assertEquals(take == 0 ? records : first, records);
      first = records;
    }
  }

  private static String told(PlayedLoop loop) {
    Rhythm.Strokes strokes = loop.rhythm().strokes();
    return loop.bar()
        + " x"
        + loop.times()
        + Arrays.toString(strokes.step())
        + Arrays.toString(strokes.voice())
        + Arrays.toString(strokes.velocity());
  }

  @Test
  void theFileIsReadByAnotherReaderAndEndsWithTheBar() throws Exception {
    run("take.mid", 500, TakeOver.BAR);
    Sequence sequence = MidiSystem.getSequence(folder.resolve("take.mid").toFile());
    assertEquals(1920, sequence.getResolution());
    Track track = sequence.getTracks()[0];
    int ons = 0;
    int offs = 0;
    for (int i = 0; i < track.size(); i++) {
      MidiEvent event = track.get(i);
      if (event.getMessage() instanceof ShortMessage note) {
        assertEquals(9, note.getChannel());
        ons += note.getCommand() == ShortMessage.NOTE_ON ? 1 : 0;
        offs += note.getCommand() == ShortMessage.NOTE_OFF ? 1 : 0;
      }
    }
    assertTrue(ons > 100, "strokes: " + ons);
    assertEquals(ons, offs, "every note ends");
    // 499 blocks after the first at 120 bpm are 5.79 s: into the third bar, which is played out.
    assertEquals(3 * 4 * 1920, sequence.getTickLength(), 100);
    assertEquals(6_000_000, sequence.getMicrosecondLength(), 30_000);
  }

  @Test
  void controlChangesOfAnOfflineRunStandInTheFileAtTheirTimeAndOnceEach() throws Exception {
    Path path = folder.resolve("controls.mid");
    CountDownLatch finished = new CountDownLatch(1);
    long block = 100_000_000;
    try (Ports ports = OpenPorts.of(List.of("file:" + path), false);
        Performance performance = new Performance(at(TakeOver.BAR), ports)) {
      performance.start();
      for (int i = 1; i <= 20; i++) {
        Origin origin = new Origin("p", i, 0, i * block, true, i == 20);
        // Channel 3, number 20 changes every fifth block; channel 1, number 7 never.
        List<Control> controls =
            List.of(
                new Control("midi-cc:3:20", 10 * ((i - 1) / 5) + 0.2f),
                new Control("midi-cc:1:7", 300),
                new Control("osc:/x", 1));
        assertTrue(performance.control(origin, Control.controlChanges(controls)));
        var hits = Rhythms.randomHits(FOUR_FOUR, new Random(1));
        Pattern pattern = new Pattern(Rhythms.rhythm(origin, FOUR_FOUR, hits));
        performance.play(pattern.rhythm(), (newest, end) -> finishedIf(end, finished));
      }
      assertTrue(finished.await(10, TimeUnit.SECONDS));
    }
    List<String> found = new ArrayList<>();
    Track track = MidiSystem.getSequence(path.toFile()).getTracks()[0];
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage message
          && message.getCommand() == ShortMessage.CONTROL_CHANGE) {
        found.add(
            track.get(i).getTick()
                + " "
                + (message.getChannel() + 1)
                + ":"
                + message.getData1()
                + "="
                + message.getData2());
      }
    }
    // 0.1 s at 120 bpm are 384 ticks; the song begins with the first block.
    assertEquals(
        List.of("0 1:7=127", "0 3:20=0", "1920 3:20=10", "3840 3:20=20", "5760 3:20=30"), found);
  }

  @Test
  void aPerformanceWithoutAStrokeStillEndsWithAFile() throws Exception {
    Path path = folder.resolve("empty.mid");
    CountDownLatch finished = new CountDownLatch(1);
    try (Ports ports = OpenPorts.of(List.of("file:" + path), false);
        Performance performance = new Performance(at(TakeOver.BAR), ports)) {
      performance.start();
      Origin only = new Origin("p", 1, 0, BLOCK_NANOS, true, true);
      Pattern silent = new Pattern(Rhythms.rhythm(only, FOUR_FOUR, List.of()));
      performance.play(silent.rhythm(), (newest, end) -> finished.countDown());
      assertTrue(finished.await(10, TimeUnit.SECONDS));
    }
    assertEquals(1, MidiSystem.getSequence(path.toFile()).getTracks().length);
  }

  @Test
  void nobodyPlaysLiveInTheMiddleOfAnOfflineRunAndTheSecondPerformanceGetsItsOwnFile()
      throws Exception {
    Path path = folder.resolve("a.mid");
    try (Ports ports = OpenPorts.of(List.of("file:" + path), false);
        Performance performance = new Performance(at(TakeOver.BAR), ports)) {
      performance.start();
      var hits = Rhythms.randomHits(FOUR_FOUR, new Random(1));
      for (int run = 0; run < 2; run++) {
        CountDownLatch finished = new CountDownLatch(1);
        for (int block = 1; block <= 2; block++) {
          Origin origin = new Origin("p", block, 0, block * BLOCK_NANOS, true, block == 2);
          Pattern pattern = new Pattern(Rhythms.rhythm(origin, FOUR_FOUR, hits));
          performance.play(pattern.rhythm(), (o, end) -> finishedIf(end, finished));
          if (block == 1) {
            Origin live = new Origin("q", 1, 0, 0, false, false);
            Pattern other = new Pattern(Rhythms.rhythm(live, FOUR_FOUR, hits));
            org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class,
                () -> performance.play(other.rhythm(), (o, end) -> {}));
          }
        }
        assertTrue(finished.await(10, TimeUnit.SECONDS));
      }
    }
    assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(folder.resolve("a-2.mid")));
  }

  private static void finishedIf(boolean end, CountDownLatch finished) {
    if (end) {
      finished.countDown();
    }
  }
}
