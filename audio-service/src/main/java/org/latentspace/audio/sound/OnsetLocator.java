package org.latentspace.audio.sound;

import java.util.function.Consumer;

/**
 * Finds strokes in a performer's sound and where they begin, to a millisecond: where the sound
 * first reaches a quarter of the attack's peak, so that a soft stroke is found at the same place as
 * a loud one.
 *
 * <pre>
 *   level of 1 ms   ____________|###         rises by 8 dB over the loudest of the 20 ms before
 *                               |  peak of the next 10 ms; then back to a quarter of it
 * </pre>
 *
 * It tells of a stroke 40 ms after it began.
 */
final class OnsetLocator {
  private static final int BEFORE_MS = 20;
  private static final int GAP_MS = 2;
  private static final int ATTACK_MS = 10;
  private static final int BODY_MS = 30;
  private static final int BACK_MS = 5;
  private static final int REST_MS = 60;
  private static final int RING_MS = 128;
  private static final double RISE = 2.5;
  private static final double SOFTEST = 1e-3;
  private static final double QUARTER = 0.25;
  private static final double LEAST = 1e-6;

  private final Consumer<Onset> listener;
  private final SampleClock clock = new SampleClock();
  private int rate;
  private int hop;
  private float[] ring;
  private final double[] levels = new double[RING_MS];
  private long samples;
  private double energy;
  // In hops; found: the stroke that is being followed, or -1.
  private long hops;
  private long found = -1;
  private long rested;
  private double before;

  /** Tells of every stroke. */
  OnsetLocator(Consumer<Onset> listener) {
    this.listener = listener;
  }

  /** Hears the next block. */
  void hear(Sound sound) {
    if (sound.sampleRate() != rate) {
      begin(sound.sampleRate());
    }
    clock.read(samples + sound.count(), rate, sound.capturedNanos());
    float[] values = sound.samples();
    for (int i = 0; i < sound.count(); i++) {
      float value = values[i];
      ring[(int) (samples % ring.length)] = value;
      energy += value * value;
      samples++;
      if (samples % hop == 0) {
        levels[(int) (hops % RING_MS)] = Math.sqrt(energy / hop);
        energy = 0;
        hops++;
        follow();
      }
    }
  }

  private void begin(int sampleRate) {
    rate = sampleRate;
    hop = Math.max(1, sampleRate / 1000);
    ring = new float[RING_MS * hop];
    samples = 0;
    hops = 0;
    found = -1;
    rested = BEFORE_MS + GAP_MS;
    energy = 0;
  }

  private void follow() {
    long newest = hops - 1;
    if (found < 0) {
      if (newest >= rested) {
        double loudest = loudest(newest - GAP_MS - BEFORE_MS, newest - GAP_MS);
        if (level(newest) > Math.max(SOFTEST, RISE * loudest)) {
          found = newest;
          before = loudest;
        }
      }
    } else if (newest >= found + BODY_MS + BACK_MS) {
      listener.accept(onset());
      rested = found + REST_MS;
      found = -1;
    }
  }

  private Onset onset() {
    double attack = peak((found - 1) * hop, (found + ATTACK_MS) * hop);
    double noise = peak((found - GAP_MS - BEFORE_MS) * hop, (found - GAP_MS) * hop);
    double reached = Math.max(QUARTER * attack, Math.min(1.2 * noise, attack));
    long begins = Math.max(0, (found - BACK_MS) * hop);
    while (begins < (found + ATTACK_MS) * hop && Math.abs(at(begins)) < reached) {
      begins++;
    }
    double sum = 0;
    for (long sample = begins; sample < begins + (long) BODY_MS * hop; sample++) {
      sum += at(sample) * at(sample);
    }
    double body = Math.sqrt(sum / (BODY_MS * hop));
    double rises = loudest(found, found + ATTACK_MS) / Math.max(before, LEAST);
    return new Onset(clock.nanosAt(begins), (float) db(body), (float) db(rises));
  }

  private static double db(double ratio) {
    return 20 * Math.log10(Math.max(ratio, LEAST));
  }

  private double level(long ofHop) {
    return levels[(int) (ofHop % RING_MS)];
  }

  private double loudest(long from, long until) {
    double loudest = 0;
    for (long i = Math.max(0, from); i < until; i++) {
      loudest = Math.max(loudest, level(i));
    }
    return loudest;
  }

  private float at(long sample) {
    return ring[(int) (sample % ring.length)];
  }

  private double peak(long from, long until) {
    double peak = 0;
    for (long i = Math.max(0, from); i < until; i++) {
      peak = Math.max(peak, Math.abs(at(i)));
    }
    return peak;
  }
}
