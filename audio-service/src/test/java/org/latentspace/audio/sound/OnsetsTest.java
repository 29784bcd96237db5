package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strokes in synthetic signals are found, each once, within a millisecond of where they begin. */
class OnsetsTest {
  private static final long BEGIN = 5_000_000_000L;
  private static final int STROKES = 20;

  /** Hits a second apart by 0.37 s, each a decaying tone in white noise. */
  private static float[] signal(int rate, double hertz, double loud, double noise) {
    float[] samples = new float[(int) (rate * (0.37 * STROKES + 1))];
    Random chance = new Random(4);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (noise * chance.nextGaussian());
    }
    for (int stroke = 0; stroke < STROKES; stroke++) {
      int at = at(stroke, rate);
      for (int i = 0; at + i < samples.length && i < rate / 3; i++) {
        double seconds = (double) i / rate;
        double attack = Math.min(1, seconds / 0.0005);
        double tone = Math.cos(2 * Math.PI * hertz * seconds);
        samples[at + i] += (float) (loud * attack * tone * Math.exp(-seconds / 0.05));
      }
    }
    return samples;
  }

  private static int at(int stroke, int rate) {
    return (int) Math.round(rate * (0.5 + 0.37 * stroke));
  }

  private static List<Onset> hear(float[] samples, int rate, int block, long mostLate) {
    List<Onset> heard = new ArrayList<>();
    Onsets onsets = new Onsets();
    onsets.listen("near", heard::add);
    onsets.listen("far", onset -> heard.add(null));
    Random chance = new Random(5);
    float[] part = new float[block];
    for (int i = 0; i + block <= samples.length; i += block) {
      System.arraycopy(samples, i, part, 0, block);
      long late = mostLate == 0 ? 0 : chance.nextLong(mostLate);
      long captured = BEGIN + Sound.nanos(i + block, rate) + late;
      onsets.hear("near", new Sound(part, block, rate, captured, false));
    }
    return heard;
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 60, 0.5, 0.0001, 256, 0",
    "44100, 1000, 0.5, 0.0001, 256, 6000000",
    "48000, 200, 0.05, 0.0003, 1024, 3000000",
    "44100, 4000, 0.01, 0.0001, 256, 6000000",
    "8000, 300, 0.5, 0.001, 256, 1000000",
    "192000, 500, 0.9, 0.003, 512, 6000000",
    "44100, 150, 0.9, 0.02, 256, 6000000"
  })
  void findsEveryStrokeOnceWithinAMillisecond(
      int rate, double hertz, double loud, double noise, int block, long late) {
    List<Onset> heard = hear(signal(rate, hertz, loud, noise), rate, block, late);
    assertEquals(STROKES, heard.size());
    for (int stroke = 0; stroke < STROKES; stroke++) {
      double off =
          (heard.get(stroke).capturedNanos() - BEGIN) / 1e6 - at(stroke, rate) * 1e3 / rate;
      assertTrue(Math.abs(off) <= 1, "stroke " + stroke + " is off by " + off + " ms");
      assertTrue(heard.get(stroke).riseDb() > 12, heard.get(stroke).toString());
    }
  }

  @Test
  void twiceAsLoudIsSixDecibelsMore() {
    double soft = hear(signal(44_100, 500, 0.1, 0), 44_100, 256, 0).get(3).levelDb();
    double loud = hear(signal(44_100, 500, 0.2, 0), 44_100, 256, 0).get(3).levelDb();
    assertEquals(6.02, loud - soft, 0.05);
  }

  @Test
  void hearsNoStrokesInNoiseOrInASteadyTone() {
    assertEquals(List.of(), hear(signal(44_100, 500, 0, 0.1), 44_100, 256, 0));
    float[] tone = new float[3 * 44_100];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.min(1, i / 44_100.0) * Math.sin(i * 0.01));
    }
    assertEquals(List.of(), hear(tone, 44_100, 256, 0));
  }

  @Test
  void whoNoLongerListensHearsNothing() {
    Onsets onsets = new Onsets();
    List<Onset> heard = new ArrayList<>();
    onsets.listen("near", heard::add).run();
    float[] samples = signal(44_100, 500, 0.5, 0);
    onsets.hear("near", new Sound(samples, 4096, 44_100, BEGIN, false));
    assertEquals(List.of(), heard);
  }
}
