package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;
import static org.latentspace.wire.Until.until;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.played.PlayedRing.RecordingState;
import org.latentspace.proto.RecordedRhythm;

/** From what the timing thread tells to records on a disk that is not there. */
class LoopRecorderTest {
  private static final int ROOM = 10 << 20;

  @TempDir Path folder;

  private final Map<String, byte[]> arrived = new ConcurrentHashMap<>();
  private volatile boolean brokerIsGone;
  private LoopRecorder recorder;
  private KeptOutlet outlet;

  /** A broker that may be gone. */
  private final KeptLog log =
      new KeptLog() {
        @Override
        public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
          if (brokerIsGone) {
            return CompletableFuture.failedFuture(new IOException("the broker is gone"));
          }
          assertNull(arrived.put(topic.topicName() + "/" + key, value));
          return CompletableFuture.completedFuture(0L);
        }

        @Override
        public Following follow(Topic topic, String follower, Start start, Handler handler) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String status() {
          return brokerIsGone ? "the broker is gone" : "ok";
        }

        @Override
        public void close() {}
      };

  private PlayedRing recording(long room) {
    recorder =
        new LoopRecorder(
            new RecordedRhythms(
                () -> outlet = new KeptOutlet(folder, Topic.RECORDED_RHYTHMS, log, room),
                new Random(1)),
            new LookBack(),
            Set.of("model", "pads"));
    recorder.record(true);
    return (PlayedRing) recorder.listen("robots", voice -> true);
  }

  private RecordingState close() {
    recorder.close();
    RecordingState state = recorder.state();
    outlet.close();
    return state;
  }

  /** Plays a rhythm of two bars. */
  private static void play(PlayedRing ring, int number, long bar) {
    ring.own(pattern(number, FOUR_FOUR, List.of(hit(number, 0, 0.25))), bar, 0, 132);
    ring.barLine(bar, bar * FOUR_FOUR.barGrains());
    ring.own(pattern(number, FOUR_FOUR, List.of(hit(number, 0, 0.25))), bar + 1, 0, 132);
    ring.barLine(bar + 1, (bar + 1) * FOUR_FOUR.barGrains());
  }

  @Test
  void writesARecordForEveryLoopUnderANameOfItsOwn() throws Exception {
    PlayedRing ring = recording(ROOM);
    play(ring, 1, 0);
    play(ring, 1, 2);
    play(ring, 2, 4);
    ring.halt(true);
    recorder.start();
    until("two records have arrived", () -> arrived.size() >= 2);
    RecordingState state = close();
    assertEquals(2, state.recorded(), state.toString());
    assertEquals(0, state.lost());
    assertEquals(2, arrived.size());
    for (Map.Entry<String, byte[]> entry : arrived.entrySet()) {
      RecordedRhythm record = RecordedRhythm.parseFrom(entry.getValue());
      assertEquals("recorded-rhythms/robots/" + record.getRhythmId(), entry.getKey());
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
  void aBrokerThatIsGoneLosesNothingAndTheNextStartSendsIt() {
    brokerIsGone = true;
    PlayedRing ring = recording(ROOM);
    play(ring, 1, 0);
    ring.halt(true);
    recorder.start();
    RecordingState state = close();
    assertEquals(1, state.recorded());
    assertEquals(1, state.waiting());
    assertTrue(arrived.isEmpty());
    brokerIsGone = false;
    recording(ROOM);
    recorder.start();
    until("the record has arrived", () -> !arrived.isEmpty());
    assertEquals(0, close().lost());
    assertEquals(1, arrived.size());
  }

  @Test
  void countsWhatCannotBeKeptAndSaysWhy() {
    PlayedRing ring = recording(1);
    play(ring, 1, 0);
    ring.halt(true);
    recorder.start();
    RecordingState state = close();
    assertEquals(0, state.recorded());
    assertEquals(1, state.lost());
    assertTrue(state.status().contains("no room"), state.status());
  }

  @Test
  void aFullRingIsCountedAndTheMusicWaitsForNothing() {
    PlayedRing ring = recording(ROOM);
    for (int bar = 0; bar < 10_000; bar += 2) {
      play(ring, bar % 48, bar);
    }
    long lost = recorder.state().lost();
    assertTrue(lost > 10_000, "lost: " + lost);
    recorder.start();
    RecordingState state = close();
    assertTrue(state.recorded() > 1000, "recorded: " + state.recorded());
    assertTrue(state.lost() <= lost + 1, "only the end itself: " + state.lost());
  }
}
