package org.latentspace.midi.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.installation.Installation.PadPart;
import org.latentspace.kept.DiskLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.LoopRecorder.Kept;
import org.latentspace.midi.outlet.RecordedRhythms;
import org.latentspace.midi.played.HeardBar;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.SongPosition;

/** A drummer plays to a song that is stood still or moved on by the test. */
class PadInputTest {
  private static final Grid FOUR_FOUR = new Grid(1, 4, 4, 4, 1);
  // At 120 quarter notes a minute.
  private static final long BAR = 2_000_000_000L;
  private static final long STEP = BAR / 48;
  private static final PadPart PADS = new PadPart("drummer", "ann", "wood", 10, 20, Map.of());

  @TempDir Path folder;

  private final List<HeardBar> heard = new ArrayList<>();
  private SongPosition song = SongPosition.waiting(120);
  private long now = 5_000_000_000L;
  private final long begun = now;
  private final HeardStrokes strokes = new HeardStrokes("ann", () -> song, heard::add);
  private final PadInput input = new PadInput(PADS, strokes, () -> now + 20_000_000);

  @AfterEach
  void end() {
    input.letGo();
    TestPads.plugIn(0);
  }

  /** The song runs and has come to a bar. */
  private void at(long bar) {
    song = new SongPosition(bar, begun + bar * BAR, 120, true, 0, FOUR_FOUR);
  }

  private void strike(int note, int velocity, double bars) throws Exception {
    now = begun + Math.round(bars * BAR);
    at((long) Math.floor(bars));
    TestPads.strike(note, velocity);
  }

  private String text(int bar) {
    Rhythm rhythm = heard.get(bar).rhythm();
    Map<String, String> text = new TreeMap<>();
    Rhythm.Strokes all = rhythm.strokes();
    for (int i = 0; i < all.count(); i++) {
      text.merge(
          rhythm.voices().get(all.voice()[i]),
          all.step()[i]
              + "@"
              + Math.round(all.offset()[i] * 100)
              + "v"
              + Math.round(all.velocity()[i] * 127),
          (one, two) -> one + " " + two);
    }
    return heard.get(bar).bar() + " " + text;
  }

  @Test
  void strokesBecomeBarsWithTheirPlaceBesideTheGridAndTheirLoudness() throws Exception {
    TestPads.plugIn(1);
    input.tend();
    assertEquals("ok", strokes.status());
    TestPads.strike(36, 100);
    strike(36, 100, 0);
    strike(40, 64, 0.25 + 0.2 / 48);
    strike(42, 30, 0.5 - 0.1 / 48);
    strike(99, 30, 0.6);
    // A flam: the first in its cell, the second in the next.
    strike(38, 20, 0.75);
    strike(38, 90, 0.75 + 0.3 / 48);
    // A third of a step before the bar line.
    strike(36, 110, 1 - 0.3 / 48);
    strike(46, 127, 1.5);
    at(2);
    assertTrue(strokes.drain(begun + 2 * BAR));
    at(2);
    strokes.drain(begun + 2 * BAR + 200_000_000);
    assertEquals(2, heard.size());
    assertEquals(
        "0 {closed-hat=24@-20v30, kick=0@0v100, snare=12@40v64 36@0v20 37@-100v90}", text(0));
    assertEquals("1 {kick=0@-60v110, open-hat=24@0v127}", text(1));
    HeardBar bar = heard.get(1);
    assertEquals(120, bar.bpm());
    assertEquals("ann", bar.rhythm().origin().performer());
    assertTrue(Math.abs(bar.beganNanos() - begun - BAR) < STEP / 100, "began at its bar line");
    assertTrue(!strokes.drain(begun + 9 * BAR), "nobody plays any more");
    song = new SongPosition(3, 0, 120, false, 0, FOUR_FOUR);
    TestPads.strike(36, 100);
    assertEquals(7, strokes.strokes(), "while the song stands there are no bars");
  }

  @Test
  void aBarThatWasStoppedIsNone() throws Exception {
    TestPads.plugIn(1);
    input.tend();
    strike(36, 100, 0.5);
    strokes.drain(now);
    song = new SongPosition(0, 0, 120, false, 0, FOUR_FOUR);
    strokes.drain(now);
    at(1);
    strokes.drain(begun + 3 * BAR);
    assertEquals(List.of(), heard);
  }

  @Test
  void aKitIsTakenWhenItIsPluggedInAndWhenItComesAgainAndNeverOneOfTwo() throws Exception {
    input.tend();
    assertTrue(strokes.status().startsWith("no MIDI input \"drummer\":"), strokes.status());
    for (int i = 0; i < 3; i++) {
      TestPads.plugIn(1);
      input.tend();
      assertEquals("ok", strokes.status());
      strike(36, 100, i);
      assertEquals(i + 1, strokes.strokes());
      TestPads.plugIn(0);
      if (i != 1) {
        // Else out and in again between two looks.
        input.tend();
        assertFalse(strokes.status().equals("ok"), "plugged out");
      }
    }
    TestPads.plugIn(2);
    input.tend();
    assertTrue(strokes.status().contains("names 2 MIDI ports"), strokes.status());
  }

  @Test
  void whatWasJustPlayedIsKeptWhetherItIsRecordedOrNot() throws Exception {
    KeptOutlet outlet =
        new KeptOutlet(folder, Topic.RECORDED_RHYTHMS, new DiskLog(folder.resolve("log")), 1 << 20);
    LoopRecorder recorder =
        new LoopRecorder(
            new RecordedRhythms(() -> outlet, new Random(1)),
            new LookBack(),
            Set.of("model", "pads"));
    Source source = new Source("pads", "wood", "ann");
    PadInput kept = new PadInput(PADS, recorder.hear(source, () -> song), System::nanoTime);
    TestPads.plugIn(1);
    kept.tend();
    recorder.start();
    for (int bar = 0; bar < 70; bar++) {
      // The song has come to the next bar, whose first stroke is played now.
      song = new SongPosition(bar, System.nanoTime() - 20_000_000, 120, true, 0, FOUR_FOUR);
      TestPads.strike(36 + bar % 2 * 2, 100);
    }
    song = new SongPosition(70, System.nanoTime(), 120, true, 0, FOUR_FOUR);
    until(
        "64 bars are held",
        () -> {
          List<HeardBar> held = recorder.lookBack().held().getOrDefault(source, List.of());
          return held.size() == 64 && held.get(63).bar() == 69;
        });
    List<Kept> all = recorder.keepHeard(new Source("", "", "ann"), 3).toCompletableFuture().join();
    assertEquals(1, all.size());
    assertEquals(67, all.get(0).take().bars().get(0).bar());
    assertEquals(1, recorder.state().recorded());
    kept.letGo();
    recorder.close();
    outlet.close();
  }
}
