package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.GENERAL_MIDI;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.played.Recording;
import org.latentspace.proto.RecordedRhythm;

/** From what the timing thread tells to records on a disk that is not there. */
class LoopRecorderTest {
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private volatile boolean refusing;
  private volatile boolean absent;

  private final class Disk implements Keeper {
    @Override
    public CompletionStage<Void> keep(String key, byte[] value) {
      if (refusing) {
        return CompletableFuture.failedFuture(new IllegalStateException("the spool is full"));
      }
      kept.put(key, value);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public long waiting() {
      return 7;
    }

    @Override
    public String weather() {
      return "broker is gone";
    }
  }

  private LoopRecorder recorder() {
    LoopRecorder recorder =
        new LoopRecorder("robots", GENERAL_MIDI, this::open, new Random(1));
    recorder.ring().take(true);
    return recorder;
  }

  private Keeper open() {
    if (absent) {
      throw new IllegalStateException("no such folder");
    }
    return new Disk();
  }

  /** Plays a rhythm of two bars. */
  private static void play(PlayedRing ring, int number, long bar) {
    ring.own(pattern(number, FOUR_FOUR, List.of(hit(number, 0, 0.25))), bar, 0, 132);
    ring.barLine(bar);
    ring.own(pattern(number, FOUR_FOUR, List.of(hit(number, 0, 0.25))), bar + 1, 0, 132);
    ring.barLine(bar + 1);
  }

  @Test
  void writesARecordForEveryLoopUnderANameOfItsOwn() throws Exception {
    LoopRecorder recorder = recorder();
    play(recorder.ring(), 1, 0);
    play(recorder.ring(), 1, 2);
    play(recorder.ring(), 2, 4);
    recorder.ring().halt(true);
    recorder.start();
    recorder.close();
    assertEquals(2, kept.size());
    Recording state = recorder.state();
    assertEquals(new Recording(false, 2, 0, 7, "broker is gone"), state);
    for (Map.Entry<String, byte[]> entry : kept.entrySet()) {
      RecordedRhythm record = RecordedRhythm.parseFrom(entry.getValue());
      assertEquals("robots/" + record.getRhythmId(), entry.getKey());
      assertTrue(record.getRhythmId().matches("[A-Za-z0-9_-]{1,64}"));
      assertEquals("performer", record.getPerformer());
      assertEquals("model", record.getSource());
      assertEquals(132, record.getBpm());
      assertFalse(record.getRhythm().hasOrigin());
      boolean first = record.getBar() == 0;
      assertEquals(first ? 2 : 1, record.getTimes());
      assertEquals(first ? 1 : 2, record.getRhythm().getStep(0));
      assertEquals(0.25f, record.getRhythm().getOffset(0));
      assertEquals(2, record.getRhythm().getBars());
      long age = System.currentTimeMillis() / 1000 - record.getPlayedAt().getSeconds();
      assertTrue(age >= -1 && age < 60, "age in s: " + age);
    }
  }

  @Test
  void countsWhatCannotBeKeptAndSaysWhy() {
    refusing = true;
    LoopRecorder recorder = recorder();
    play(recorder.ring(), 1, 0);
    recorder.ring().halt(true);
    recorder.start();
    recorder.close();
    assertEquals(0, recorder.state().recorded());
    assertEquals(1, recorder.state().lost());
    assertTrue(recorder.state().weather().contains("the spool is full"));
  }

  @Test
  void opensAgainWhenThereWasNothingToOpen() {
    absent = true;
    LoopRecorder recorder = recorder();
    recorder.turn();
    assertTrue(recorder.state().weather().contains("no such folder"));
    play(recorder.ring(), 1, 0);
    play(recorder.ring(), 2, 2);
    absent = false;
    recorder.turn();
    recorder.ring().halt(true);
    recorder.turn();
    assertEquals(2, recorder.state().recorded());
    assertEquals("broker is gone", recorder.state().weather());
  }

  @Test
  void aFullRingIsCountedAndTheMusicWaitsForNothing() {
    LoopRecorder recorder = recorder();
    for (int bar = 0; bar < 10_000; bar += 2) {
      play(recorder.ring(), bar % 48, bar);
    }
    Recording state = recorder.state();
    assertTrue(state.lost() > 10_000, "lost: " + state.lost());
    recorder.start();
    recorder.close();
    assertTrue(recorder.state().recorded() > 1000, "recorded: " + recorder.state().recorded());
  }
}
