package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerformerTest {
  @ParameterizedTest
  @CsvSource({"0, 0.5", "6, 0.99763", "-6, 0.25059", "-60, 0.0005", "60, 500"})
  void trimsFromTheNextBlockOn(double db, float expected) {
    Performer performer = performer(0);
    assertEquals(0.5f, performer.number(sound(1, 44_100, false), false).sound().samples()[0]);
    performer.trim(db);
    Block block = performer.number(sound(4, 44_100, false), false);
    for (int i = 0; i < 4; i++) {
      assertEquals(expected, block.sound().samples()[i], expected * 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {60.1, -60.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesATrimOutOfRange(double db) {
    assertThrows(IllegalArgumentException.class, () -> performer(0).trim(db));
  }

  @Test
  void numbersFromOneAndCountsTheSoundsTime() {
    Performer performer = performer(0);
    for (int k = 1; k <= 1000; k++) {
      Block block = performer.number(sound(256, 44_100, false), true);
      assertEquals(k, block.origin().sequence());
      assertEquals(k * 256L * 1_000_000_000L / 44_100, block.origin().soundNanos());
    }
    assertEquals(1000, performer.unechoed());
  }

  @Test
  void countsEachEchoOnceWhateverTheirOrder() {
    Performer performer = performer(0);
    for (int k = 1; k <= 3000; k++) {
      performer.number(sound(256, 44_100, false), true);
      performer.echoed(k - 1, false);
    }
    assertEquals(1, performer.unechoed());
    performer.number(sound(256, 44_100, false), true);
    performer.echoed(3001, false);
    assertEquals(1, performer.unechoed(), "block 3000 has overtaken nobody");
    performer.echoed(3001, false);
    assertEquals(1, performer.unechoed());
    performer.echoed(3000, false);
    assertEquals(0, performer.unechoed());
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 22_050, 44_100, 48_000, 88_200, 96_000, 192_000})
  void endsAfterExactlyItsSeconds(int rate) {
    Performer performer = performer(20);
    long samples = 0;
    for (Block block = null; block == null || !block.origin().last(); ) {
      block = performer.number(sound(1000, rate, false), false);
      samples += block.sound().count();
    }
    assertEquals(20L * rate, samples);
    assertTrue(performer.ended());
    assertEquals("ended", performer.status().text());
    assertNull(performer.number(sound(1, rate, false), false));
    assertFalse(performer.beginAnew());
  }

  @Test
  void aNewSoundAfterTheEndGoesOnCountingAtAnyRate() {
    Performer performer = performer(0);
    assertTrue(performer.number(sound(44_100, 44_100, true), false).origin().last());
    assertNull(performer.number(sound(10, 48_000, false), false));
    assertTrue(performer.beginAnew());
    Block block = performer.number(sound(48_000, 48_000, false), false);
    assertEquals(2, block.origin().sequence());
    assertEquals(2_000_000_000L, block.origin().soundNanos());
  }

  @Test
  void isFinishedWhenTheEchoOfItsEndSaysSo() {
    Performer performer = performer(0);
    performer.number(sound(10, 44_100, false), false);
    performer.echoed(1, true);
    assertFalse(performer.finished());
    performer.number(sound(10, 44_100, true), false);
    performer.echoed(2, true);
    assertTrue(performer.finished());
  }

  @ParameterizedTest
  @CsvSource({
    "synthetic, SYNTHETIC, ''",
    "device, DEVICE, ''",
    "device:USB Audio, DEVICE, USB Audio",
    "network, NETWORK, ''",
    "/music/a b.wav, FILE, /music/a b.wav",
    "devices.wav, FILE, devices.wav"
  })
  void readsAnInputAndWritesItBack(String text, Input.Kind kind, String detail) {
    assertEquals(new Input(kind, detail, 0), Input.parse(text));
    assertEquals(text, Input.parse(text).toString());
  }

  private static Performer performer(double seconds) {
    return new Performer("a", Input.parse("synthetic"), 0, seconds);
  }

  private static Sound sound(int count, int rate, boolean last) {
    float[] samples = new float[count];
    java.util.Arrays.fill(samples, 0.5f);
    return new Sound(samples, count, rate, 5, last);
  }
}
