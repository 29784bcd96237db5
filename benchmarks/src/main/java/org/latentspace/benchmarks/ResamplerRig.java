package org.latentspace.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.latentspace.feature.dsp.FeatureExtractor;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Resampler;

/**
 * Question: which resampler brings sound to 44.1 kHz, our own or TarsosDSP's (high quality)?
 * Fixture: tones, and half a second of 800 partials up to 30 kHz, in blocks of 256 samples, from 48
 * and from 96 kHz. To reach: features within 2 % of those of the same sound at 44.1 kHz, no click
 * at the borders of blocks.
 */
public final class ResamplerRig {
  private static final int OUT = 44_100;
  private static final int BLOCK = 256;
  private static final int RMS = 2;
  private static final int ENTRIES = 10;

  /** Resamples sound block by block; gives what it has by then. */
  private interface Stream {
    int next(float[] in, int from, int to, float[] out, int at);
  }

  private ResamplerRig() {}

  public static void main(String[] args) {
    System.out.println(
        "| from | resampler | gain to 18, 20, 21 kHz | alias at 23, 24, 26, 30, 40 kHz |"
            + " 1 kHz to the rest | at the borders | features | us a block | B a block |");
    for (int in : new int[] {48_000, 96_000}) {
      for (boolean own : new boolean[] {true, false}) {
        System.out.printf(
            "| %d | %s | %s | %s | %.0f dB | %.1e | %s | %s |%n",
            in,
            own ? "own" : "TarsosDSP",
            gains(in, own),
            aliases(in, own),
            purity(in, own),
            borders(in, own),
            features(in, own),
            cost(in, own));
      }
    }
  }

  private static Stream stream(int in, boolean own) {
    return own ? own(in) : tarsos(in);
  }

  private static Stream own(int in) {
    Resampler resampler = new Resampler(in, OUT);
    float[] part = new float[256];
    return (sound, from, to, out, at) -> {
      int end = at;
      int begin = from;
      while (begin < to) {
        begin = resampler.take(sound, begin, to);
        for (int n = resampler.give(part); n > 0; n = resampler.give(part)) {
          System.arraycopy(part, 0, out, end, n);
          end += n;
        }
      }
      return end;
    };
  }

  private static Stream tarsos(int in) {
    double factor = (double) OUT / in;
    var resampler = new be.tarsos.dsp.resample.Resampler(true, factor, factor);
    return (sound, from, to, out, at) -> {
      int end = at;
      int begin = from;
      boolean more = true;
      while (more) {
        var done =
            resampler.process(factor, sound, begin, to - begin, false, out, end, out.length - end);
        begin += done.inputSamplesConsumed;
        end += done.outputSamplesGenerated;
        more = begin < to || done.outputSamplesGenerated > 0;
      }
      return end;
    };
  }

  private static float[] resample(float[] sound, int in, boolean own, int block) {
    float[] out = new float[(int) ((long) sound.length * OUT / in) + 8192];
    Stream stream = stream(in, own);
    int end = 0;
    for (int from = 0; from < sound.length; from += block) {
      end = stream.next(sound, from, Math.min(sound.length, from + block), out, end);
    }
    return Arrays.copyOf(out, end);
  }

  private static float[] tone(double hz, int rate, int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rate));
    }
    return tone;
  }

  /** Level in dB of what becomes of a tone, far from its ends. */
  private static double gain(double hz, int in, boolean own) {
    float[] out = resample(tone(hz, in, in / 4), in, own, BLOCK);
    double power = 0;
    for (int i = 2000; i < 8000; i++) {
      power += out[i] * (double) out[i] / 6000;
    }
    return 10 * Math.log10(Math.max(power, 1e-20) / 0.125);
  }

  private static String gains(int in, boolean own) {
    StringBuilder text = new StringBuilder();
    for (double highest : new double[] {18_000, 20_000, 21_000}) {
      double worst = 0;
      for (double hz = 100; hz <= highest; hz += 100) {
        double gain = gain(hz, in, own);
        worst = Math.abs(gain) > Math.abs(worst) ? gain : worst;
      }
      text.append(String.format("%s%.2f", text.isEmpty() ? "" : ", ", worst));
    }
    return text + " dB";
  }

  private static String aliases(int in, boolean own) {
    StringBuilder text = new StringBuilder();
    for (double hz : new double[] {23_010, 23_910, 26_010, 30_010, 40_010}) {
      if (hz < in / 2.0) {
        text.append(String.format("%s%.0f", text.isEmpty() ? "" : ", ", gain(hz, in, own)));
      }
    }
    return text + " dB";
  }

  /** A tone of 1 kHz beside all that is not it, in dB. */
  private static double purity(int in, boolean own) {
    float[] out = resample(tone(1000, in, in / 4), in, own, BLOCK);
    double sin = 0;
    double cos = 0;
    int length = 441 * 12;
    for (int i = 0; i < length; i++) {
      double phase = 2 * Math.PI * 1000 * i / OUT;
      sin += 2 * out[2000 + i] * Math.sin(phase) / length;
      cos += 2 * out[2000 + i] * Math.cos(phase) / length;
    }
    double rest = 0;
    for (int i = 0; i < length; i++) {
      double phase = 2 * Math.PI * 1000 * i / OUT;
      double off = out[2000 + i] - sin * Math.sin(phase) - cos * Math.cos(phase);
      rest += off * off / length;
    }
    return 10 * Math.log10((sin * sin + cos * cos) / 2 / Math.max(rest, 1e-20));
  }

  /** The largest difference between sound in blocks and the same in one piece. */
  private static double borders(int in, boolean own) {
    float[] sound = breath(in);
    float[] whole = resample(sound, in, own, sound.length);
    float[] parts = resample(sound, in, own, BLOCK);
    double largest = 0;
    for (int i = 0; i < Math.min(whole.length, parts.length); i++) {
      largest = Math.max(largest, Math.abs(whole[i] - parts[i]));
    }
    return largest;
  }

  /** The largest deviation of an entry of the vector from that of the same sound at 44.1 kHz. */
  private static String features(int in, boolean own) {
    double[] expected = listen(breath(OUT));
    double[] heard = listen(resample(breath(in), in, own, BLOCK));
    int worst = RMS;
    double[] off = new double[ENTRIES];
    for (int i = RMS; i < ENTRIES; i++) {
      off[i] = Math.abs(heard[i] / expected[i] - 1);
      worst = off[i] > off[worst] ? i : worst;
    }
    return String.format("%.2f %% (entry %d)", 100 * off[worst], worst);
  }

  private static double[] listen(float[] sound) {
    double[] mean = new double[ENTRIES];
    FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.standard(), OUT);
    extractor.process(
        sound,
        0,
        sound.length,
        frame -> {
          if (frame.frame() > 10 && frame.frame() <= 53) {
            for (int i = 0; i < ENTRIES; i++) {
              mean[i] += frame.vector(i) / 43;
            }
          }
        });
    return mean;
  }

  /** 0.8 s of dense partials up to 30 kHz; of each rate those that it can hold. */
  private static float[] breath(int rate) {
    Random random = new Random(9);
    float[] sound = new float[rate * 4 / 5];
    for (int k = 0; k < 800; k++) {
      double step = 2 * Math.PI * (50 + random.nextDouble() * 30_000) / rate;
      double phase = 2 * Math.PI * random.nextDouble();
      for (int i = 0; step < Math.PI && i < sound.length; i++) {
        sound[i] += (float) (0.004 * Math.sin(phase + step * i));
      }
    }
    return sound;
  }

  /** The best of several runs, microseconds and bytes. */
  private static String cost(int in, boolean own) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] sound = tone(440, in, BLOCK * 2000);
    double best = Double.POSITIVE_INFINITY;
    long bytes = 0;
    float[] out = new float[8192];
    Stream stream = stream(in, own);
    for (int run = 0; run < 8; run++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      for (int from = 0; from < sound.length; from += BLOCK) {
        stream.next(sound, from, from + BLOCK, out, 0);
      }
      best = Math.min(best, (System.nanoTime() - begun) / 2000e3);
      bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / 2000;
    }
    return String.format("%.1f | %d", best, bytes);
  }
}
