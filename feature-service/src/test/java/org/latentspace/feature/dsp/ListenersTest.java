package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.performer.Origin;

class ListenersTest {
  private static final int RATE = 44_100;

  private final Listeners listeners = new Listeners(2, name -> FeatureSettings.standard());
  private final List<Double> centres = new ArrayList<>();
  private final List<Boolean> lasts = new ArrayList<>();

  @Test
  void saysWhetherABlockCompletedAFrame() {
    assertEquals(Listeners.Verdict.UNFRAMED, hear("a", 1, 256, 0.5));
    assertEquals(Listeners.Verdict.FRAMED, hear("a", 2, 256, 0.5));
  }

  @Test
  void aPerformerWhoRestsKeepsThePlace() {
    hear("loud", 1, 1024, 0.5);
    hear("resting", 1, 1024, 0);
    assertEquals(Listeners.Verdict.NO_ROOM, hear("third", 1, 1024, 0.5));
    assertEquals(2, listeners.size(0));
    assertEquals(Listeners.Verdict.FRAMED, hear("resting", 2, 1024, 0.5));
  }

  @Test
  void aPerformerWhoseStreamBrokeOffInALoudNoteMakesRoomAfterTenSeconds() {
    for (String crashed : List.of("crashed1", "crashed2")) {
      assertEquals(Listeners.Verdict.FRAMED, hearAt(crashed, 0));
    }
    assertEquals(Listeners.Verdict.NO_ROOM, hearAt("ann", 9_999_999_999L));
    String room = listeners.status(9_999_999_999L);
    assertTrue(room.contains("ann") && room.contains("feature-service.max-performers"), room);
    assertEquals(Listeners.Verdict.FRAMED, hearAt("ann", 10_000_000_000L));
    assertEquals(1, listeners.size(10_000_000_000L));
  }

  private Listeners.Verdict hearAt(String performer, long nowNanos) {
    float[] loud = new float[1024];
    for (int i = 0; i < loud.length; i++) {
      loud[i] = (float) (0.5 * Math.sin(i * 0.1));
    }
    Block block = new Block(new Origin(performer, 1, 0, 23_219_955, false, false), RATE, loud);
    return listeners.hear(block, nowNanos, h -> {});
  }

  @Test
  void anEndedPerformerLeavesAndMayBeginAnew() {
    hear("a", 1, 1024, 0.5);
    Block end = new Block(new Origin("a", 2, 0, 0, true, true), 0, new float[0]);
    assertEquals(Listeners.Verdict.FRAMED, listeners.hear(end, 0, h -> lasts.add(h.last())));
    assertTrue(lasts.get(lasts.size() - 1));
    assertEquals(0, listeners.size(0));
    centres.clear();
    hear("a", 1, 1024, 0.5);
    assertEquals(0, centres.get(0), 1e-9);
  }

  @Test
  void refusesAnotherRateUntilTheSourceBeginsAnew() {
    hear("a", 1, 1024, 0.5);
    hear("a", 2, 1024, 0.5);
    Block other = new Block(new Origin("a", 3, 0, 0, false, false), 48_000, new float[512]);
    assertEquals(Listeners.Verdict.OTHER_RATE, listeners.hear(other, 0, h -> {}));
    Block anew = new Block(new Origin("a", 1, 0, 0, false, false), 48_000, new float[1024]);
    assertEquals(Listeners.Verdict.FRAMED, listeners.hear(anew, 0, h -> {}));
  }

  @Test
  void keepsTheTimeOfLostBlocks() {
    hear("a", 1, 1024, 0.5);
    hear("a", 2, 512, 0.5);
    double before = centres.get(centres.size() - 1);
    long end = Math.round((1024 + 512 + 4 * 512 + 512) * 1e9 / RATE);
    Block later = new Block(new Origin("a", 7, 0, end, false, false), RATE, new float[512]);
    listeners.hear(later, 0, h -> centres.add(h.centreSeconds()));
    assertEquals(before + 5 * 512.0 / RATE, centres.get(centres.size() - 1), 1e-6);
  }

  private Listeners.Verdict hear(String performer, long sequence, int size, double amplitude) {
    float[] samples = new float[size];
    for (int i = 0; i < size; i++) {
      samples[i] = (float) (amplitude * Math.sin(i * 0.1));
    }
    long sound = Math.round(sequence == 1 ? size * 1e9 / RATE : (1024 + size) * 1e9 / RATE);
    Block block = new Block(new Origin(performer, sequence, 0, sound, false, false), RATE, samples);
    return listeners.hear(block, 0, h -> centres.add(h.centreSeconds()));
  }
}
