package org.latentspace.feature.senses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.feature.dsp.Scaling;

class SensesTest {
  private static final long MS = 1_000_000;

  private final Senses senses =
      new Senses(
          2,
          Scaling.NAMES,
          Map.of("eeg", new SenseRange(new double[] {-5, 0}, new double[] {5, 100})));

  @Test
  void joinInTheOrderOfTheirFirstArrivalEachPerformerTheirOwn() {
    assertNull(feel("ada", "pose", 0, 1, 2));
    assertNull(feel("ada", "breath", 0, 3));
    assertNull(feel("bob", "breath", 0, 4));
    assertNull(feel("ada", "pose", 1, 5, 6));
    assertEquals(List.of("pose", "breath"), names("ada"));
    assertEquals(List.of("breath"), names("bob"));
    assertEquals(List.of(), names("eve"));
    assertArrayEquals(new float[] {5, 6}, senses.of("ada")[0].values());
    assertEquals("pose.2", senses.of("ada")[0].entry(1));
    assertEquals("breath", senses.of("ada")[1].entry(0));
    assertEquals(4, senses.taken());
  }

  @Test
  void theArrayStaysTheSameUntilASenseComesOrGoes() {
    feel("ada", "pose", 0, 1);
    Sense[] first = senses.of("ada");
    feel("ada", "pose", 1, 2);
    assertSame(first, senses.of("ada"));
    assertTrue(senses.forget("ada", "pose"));
    assertFalse(senses.forget("ada", "pose"));
    assertEquals(0, senses.of("ada").length);
    assertNull(feel("ada", "pose", 2, 1, 2, 3));
    assertEquals(3, senses.of("ada")[0].size());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "499, false", "500, true", "5000, true"})
  void isStaleAfter500MsAndHeld(long afterMs, boolean stale) {
    feel("ada", "pose", 0, 0.25f);
    SenseValues felt = new SenseValues();
    felt.read(senses.of("ada"), afterMs * MS);
    assertEquals(stale, felt.stale(0));
    assertEquals(0.25f, felt.raw(0));
    assertEquals(1, felt.size());
  }

  /** Stale after 500 ms, or after three of its own intervals where these are longer. */
  @ParameterizedTest
  @CsvSource({"1000, 3000", "33, 500", "200, 600", "9000, 27000", "20000, 30000"})
  void aSlowSenseIsStaleAfterThreeOfItsOwnIntervals(long intervalMs, long staleMs) {
    for (int i = 0; i < 10; i++) {
      feel("ada", "pulse", i * intervalMs * MS, i);
      assertFalse(senses.of("ada")[0].stale((i * intervalMs + 499) * MS));
    }
    long last = 9 * intervalMs;
    assertFalse(senses.of("ada")[0].stale((last + staleMs - 1) * MS));
    assertTrue(senses.of("ada")[0].stale((last + staleMs) * MS));
  }

  @Test
  void aRestBetweenListsDoesNotMakeAFastSenseSlow() {
    for (int i = 0; i < 10; i++) {
      feel("ada", "pose", i * 20 * MS, i);
    }
    feel("ada", "pose", 60_000 * MS, 1);
    assertTrue(senses.of("ada")[0].stale(60_500 * MS));
  }

  @ParameterizedTest
  @CsvSource({
    "pose, 3, 'has 3 values, must be 2 as before; three such lists in a row are taken once pose is"
        + " stale'",
    "rms, 1, rms is a feature of the sound",
    "none, 0, 'has 0 values, must be 1..256'",
    "many, 257, 'has 257 values, must be 1..256'",
    "most, 255, no room for 255 entries: 2 of 256 are taken",
    "eeg, 3, 'has 3 values, but feature-service.senses.eeg.low has 2'"
  })
  void saysWhyItRefuses(String name, int size, String why) {
    feel("ada", "pose", 0, 1, 2);
    assertEquals(why, senses.feel("ada", name, new float[size], 1));
    assertEquals(1, senses.refused());
    assertEquals(List.of("pose"), names("ada"));
  }

  /** As a body tracker does: a single 0 at first, then 33 points of two coordinates. */
  @Test
  void aSteadyNewSizeTakesOverAStaleSense() {
    feel("ada", "pose", 0, 0);
    feel("ada", "breath", 0, 7);
    String why = null;
    int refused = 0;
    for (long ms = 33; ms < 500; ms += 33) {
      why = senses.feel("ada", "pose", new float[66], ms * MS);
      assertNotNull(why, "the old size is not stale yet");
      refused++;
    }
    assertEquals(refused, senses.refused("ada", 499 * MS).get(0).count());
    assertEquals(why, senses.refused("ada", 499 * MS).get(0).reason());
    assertNull(senses.feel("ada", "pose", new float[66], 528 * MS));
    assertEquals(List.of("pose", "breath"), names("ada"), "it keeps its place");
    assertEquals(66, senses.of("ada")[0].size());
    assertEquals(List.of(), senses.refused("ada", 528 * MS));
  }

  @Test
  void neitherAnUnsteadySizeNorOneThatFindsNoRoomTakesOver() {
    feel("ada", "pose", 0, 0);
    for (int i = 0; i < 20; i++) {
      assertNotNull(senses.feel("ada", "pose", new float[2 + i % 2], (1000 + i) * MS));
    }
    feel("ada", "other", 0, 1);
    for (int i = 0; i < 3; i++) {
      assertNotNull(senses.feel("ada", "pose", new float[256], (2000 + i) * MS));
    }
    assertEquals(
        "no room for 256 entries: 1 of 256 are taken",
        senses.refused("ada", 2002 * MS).get(0).reason());
    assertEquals(1, senses.of("ada")[0].size());
    for (int i = 0; i < 2; i++) {
      assertNotNull(senses.feel("ada", "pose", new float[255], 2003 * MS));
    }
    assertNull(senses.feel("ada", "pose", new float[255], 2003 * MS), "the third of its size");
  }

  @Test
  void aRefusalIsAStateUntilAListIsTakenOrForFiveSeconds() {
    senses.feel("ada", "rms", new float[1], 0);
    senses.feel("ada", "pose", new float[300], 10 * MS);
    senses.feel("ada", "pose", new float[300], 20 * MS);
    senses.feel("bob", "pose", new float[300], 20 * MS);
    assertEquals(
        List.of(
            new Senses.Refused("rms", "rms is a feature of the sound", 1, 0),
            new Senses.Refused("pose", "has 300 values, must be 1..256", 2, 20 * MS)),
        senses.refused("ada", 30 * MS));
    assertEquals(1, senses.refused("ada", 5000 * MS).size());
    feel("ada", "pose", 5001 * MS, 1);
    assertEquals(List.of(), senses.refused("ada", 5001 * MS));
    assertEquals(1, senses.refused("bob", 5001 * MS).size());
    assertEquals(List.of(), senses.refused("bob", 5020 * MS));
  }

  @Test
  void refusalsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      senses.feel("p" + i, "s", new float[0], 0);
      senses.feel("p0", "s" + i, new float[0], 0);
    }
    assertEquals(16, senses.refused("p0", 0).size());
    assertEquals(List.of(), senses.refused("p999", 0));
    senses.feel("p999", "s", new float[0], 5000 * MS);
    assertEquals(1, senses.refused("p999", 5000 * MS).size(), "the older ones are over");
  }

  @Test
  void thereAreSixteenSensesAndNoMore() {
    for (int i = 0; i < 16; i++) {
      assertNull(feel("ada", "s" + i, 0, 1));
    }
    assertEquals("no room for another sense: there are 16", feel("ada", "s16", 0, 1));
    assertNull(feel("ada", "s15", 0, 2));
  }

  @Test
  void whoIsSilentLongestAndForTenSecondsMakesRoom() {
    feel("ada", "pose", 0, 1);
    feel("bob", "pose", 5_000 * MS, 1);
    assertNotNull(feel("eve", "pose", 9_999 * MS, 1));
    assertNull(feel("eve", "pose", 10_000 * MS, 1));
    assertEquals(0, senses.of("ada").length);
    assertEquals(1, senses.of("bob").length);
    assertNull(feel("bob", "more", 10_001 * MS, 1), "who is there needs no room");
  }

  @Test
  void aConfiguredRangeIsPerEntryOrForAll() {
    assertNull(feel("ada", "eeg", 0, 1, 2));
    assertEquals(100, senses.of("ada")[0].high(1));
    feel("ada", "pose", 0, 1);
    assertEquals(1, senses.of("ada")[1].high(0));
    assertThrows(
        IllegalArgumentException.class, () -> new SenseRange(new double[] {1}, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SenseRange(new double[] {Double.NaN}, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SenseRange(new double[] {-1e308}, new double[] {1e308}));
  }

  @Test
  void tellsTheRateOfTheLastFew() {
    feel("ada", "pose", 0, 1);
    assertEquals(0, senses.of("ada")[0].rateHz());
    for (int i = 1; i <= 30; i++) {
      feel("ada", "pose", i * 50 * MS, 1);
    }
    assertEquals(20, senses.of("ada")[0].rateHz(), 1e-6);
  }

  /** A list is taken as a whole: who reads never sees half of it. */
  @Test
  void fourSendersAtOnceNeverMixTheirValues() throws InterruptedException {
    feel("ada", "pose", 0, 0, 0, 0, 0, 0, 0, 0, 0);
    AtomicBoolean going = new AtomicBoolean(true);
    CountDownLatch begun = new CountDownLatch(4);
    Thread[] senders = new Thread[4];
    for (int s = 0; s < senders.length; s++) {
      int value = s;
      senders[s] =
          new Thread(
              () -> {
                while (going.get()) {
                  float[] values = new float[8];
                  java.util.Arrays.fill(values, value);
                  senses.feel("ada", "pose", values, 1);
                  begun.countDown();
                }
              });
      senders[s].start();
    }
    begun.await();
    SenseValues felt = new SenseValues();
    boolean mixed = false;
    for (int i = 0; i < 20_000; i++) {
      felt.read(senses.of("ada"), 2);
      for (int k = 1; k < felt.size(); k++) {
        mixed |= felt.raw(k) != felt.raw(0);
      }
    }
    going.set(false);
    for (Thread sender : senders) {
      sender.join();
    }
    assertFalse(mixed);
    assertEquals(1, senses.of("ada").length);
  }

  private String feel(String performer, String name, long nanos, float... values) {
    return senses.feel(performer, name, values, nanos);
  }

  private List<String> names(String performer) {
    return senses.list(performer).stream().map(Sense::name).toList();
  }
}
