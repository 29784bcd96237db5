package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaxophoneTest {
  private static final int RATE = 44_100;
  private static final int BLOCK = 256;

  @Test
  void theSameSeedPlaysTheSameInBlocksOfAnySize() {
    float[] first = play(new Saxophone(5, RATE), RATE * 20, 256);
    assertArrayEquals(first, play(new Saxophone(5, RATE), RATE * 20, 1000));
    assertFalse(Arrays.equals(first, play(new Saxophone(6, RATE), RATE * 20, 256)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 77, -9_000_000_000L})
  void soundsWithinFullScaleAndRealLevels(long seed) {
    Saxophone saxophone = new Saxophone(seed, RATE);
    float[] block = new float[BLOCK];
    Map<PlayStyle, double[]> energy = new EnumMap<>(PlayStyle.class);
    double peak = 0;
    for (int i = 0; i < 90 * RATE / BLOCK; i++) {
      saxophone.read(block, BLOCK);
      boolean inside = saxophone.noteAge() > 0.06 && saxophone.noteLeft() > 0.08;
      double sum = 0;
      for (float sample : block) {
        assertTrue(Float.isFinite(sample));
        peak = Math.max(peak, Math.abs(sample));
        sum += sample * sample;
      }
      double rms = Math.sqrt(sum / BLOCK);
      if (saxophone.midi() == 0 && inside) {
        assertTrue(rms < 0.0003, "a rest of " + rms);
      } else if (saxophone.midi() > 0 && inside) {
        double[] found = energy.computeIfAbsent(saxophone.manner(), m -> new double[2]);
        found[0] += rms * rms;
        found[1]++;
      }
    }
    assertTrue(peak <= 1 && peak > 0.3, "peak " + peak);
    energy.forEach(
        (manner, found) -> {
          double rms = Math.sqrt(found[0] / found[1]);
          System.out.printf("seed %d %s rms %.3f%n", seed, manner, rms);
          assertTrue(rms >= 0.02 && rms <= 0.21, manner + " sounds at " + rms);
        });
    double soft = energy.get(PlayStyle.SOFT)[0] / energy.get(PlayStyle.SOFT)[1];
    double loud = energy.get(PlayStyle.LOUD)[0] / energy.get(PlayStyle.LOUD)[1];
    assertTrue(Math.sqrt(loud / soft) > 4, "loud is not louder than soft");
  }

  @Test
  void playsTheNotesThatItMeans() {
    Saxophone saxophone = new Saxophone(1, RATE);
    float[] window = new float[2048];
    int right = 0;
    int all = 0;
    for (int i = 0; i < 90 * RATE / BLOCK; i++) {
      System.arraycopy(window, BLOCK, window, 0, window.length - BLOCK);
      float[] block = new float[BLOCK];
      saxophone.read(block, BLOCK);
      System.arraycopy(block, 0, window, window.length - BLOCK, BLOCK);
      if (saxophone.midi() > 0 && saxophone.noteAge() > 0.07 && saxophone.noteLeft() > 0.05) {
        double hz = 440 * Math.pow(2, (saxophone.midi() - 69) / 12.0);
        double cents = 1200 / Math.log(2) * Math.log(pitch(window) / hz);
        all++;
        right += Math.abs(cents) < 50 ? 1 : 0;
      }
    }
    System.out.printf("%d of %d windows within 50 cents%n", right, all);
    assertTrue(all > 3000);
    assertTrue(right >= 0.98 * all, right + " of " + all);
  }

  @Test
  void visitsEveryMannerWithinNinetySecondsAndStaysInTheRangeOfAnAlto() {
    for (long seed = 1; seed <= 20; seed++) {
      Phrases phrases = new Phrases(seed);
      Phrases.Note note = new Phrases.Note();
      Set<PlayStyle> manners = EnumSet.noneOf(PlayStyle.class);
      double seconds = 0;
      double phrase = 0;
      PlayStyle before = null;
      while (seconds < 90) {
        phrases.next(note);
        manners.add(phrases.manner());
        if (phrases.manner() != before) {
          assertTrue(before == null || phrase < 9, before + " lasted " + phrase);
          phrase = 0;
          before = phrases.manner();
        }
        assertTrue(note.midi == 0 || (note.midi >= 49 && note.midi <= 81), "MIDI " + note.midi);
        assertTrue(note.seconds > 0.05 && note.seconds < 4);
        seconds += note.seconds;
        phrase += note.seconds;
      }
      assertEquals(EnumSet.allOf(PlayStyle.class), manners);
    }
  }

  @Test
  void brightIsBrighterThanLowAndSlow() {
    Map<PlayStyle, double[]> crossings = new EnumMap<>(PlayStyle.class);
    Saxophone saxophone = new Saxophone(3, RATE);
    float[] block = new float[BLOCK];
    for (int i = 0; i < 90 * RATE / BLOCK; i++) {
      saxophone.read(block, BLOCK);
      if (saxophone.midi() > 0) {
        double[] found = crossings.computeIfAbsent(saxophone.manner(), m -> new double[2]);
        found[0] += centroid(block);
        found[1]++;
      }
    }
    crossings.forEach((m, f) -> System.out.printf("%s centroid %.0f Hz%n", m, f[0] / f[1]));
    double bright = crossings.get(PlayStyle.BRIGHT)[0] / crossings.get(PlayStyle.BRIGHT)[1];
    double dark = crossings.get(PlayStyle.LOW_SLOW)[0] / crossings.get(PlayStyle.LOW_SLOW)[1];
    assertTrue(bright > 1.5 * dark, bright + " against " + dark);
  }

  @Test
  void allocatesNothing() {
    Saxophone saxophone = new Saxophone(1, RATE);
    float[] block = new float[BLOCK];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    saxophone.read(block, BLOCK);
    threads.getThreadAllocatedBytes(self);
    long before = threads.getThreadAllocatedBytes(self);
    for (int i = 0; i < 60 * RATE / BLOCK; i++) {
      saxophone.read(block, BLOCK);
    }
    long bytes = threads.getThreadAllocatedBytes(self) - before;
    assertTrue(bytes < 1000, bytes + " bytes for a minute of sound");
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 48_000, 96_000})
  void playsAtOtherRates(int rate) {
    float[] samples = play(new Saxophone(1, rate), rate * 10, 256);
    double sum = 0;
    for (float sample : samples) {
      sum += sample * sample;
    }
    double rms = Math.sqrt(sum / samples.length);
    assertTrue(rms > 0.04 && rms < 0.15, "rms " + rms);
  }

  private static float[] play(Saxophone saxophone, int count, int block) {
    float[] all = new float[count];
    float[] piece = new float[block];
    for (int done = 0; done < count; done += block) {
      int now = Math.min(block, count - done);
      assertEquals(now, saxophone.read(piece, now));
      System.arraycopy(piece, 0, all, done, now);
    }
    return all;
  }

  /** Normalised autocorrelation (McLeod 2005): the first peak near the highest, with a parabola. */
  private static double pitch(float[] window) {
    int longest = RATE / 120;
    double[] similar = new double[longest + 2];
    for (int lag = 30; lag < similar.length; lag++) {
      double product = 0;
      double power = 0;
      for (int i = 0; i + lag < window.length; i++) {
        product += window[i] * window[i + lag];
        power += window[i] * window[i] + window[i + lag] * window[i + lag];
      }
      similar[lag] = 2 * product / power;
    }
    double best = Arrays.stream(similar).max().orElseThrow();
    for (int lag = 31; lag <= longest; lag++) {
      double here = similar[lag];
      if (here > 0.93 * best && here >= similar[lag - 1] && here > similar[lag + 1]) {
        double bend = similar[lag - 1] - 2 * here + similar[lag + 1];
        return RATE / (lag + 0.5 * (similar[lag - 1] - similar[lag + 1]) / bend);
      }
    }
    return 1;
  }

  /** Mean frequency of the power spectrum, from the power of the signal and of its difference. */
  private static double centroid(float[] block) {
    double power = 1e-12;
    double steps = 0;
    for (int i = 1; i < block.length; i++) {
      power += block[i] * block[i];
      steps += (block[i] - block[i - 1]) * (block[i] - block[i - 1]);
    }
    return Math.sqrt(steps / power) * RATE / (2 * Math.PI);
  }
}
