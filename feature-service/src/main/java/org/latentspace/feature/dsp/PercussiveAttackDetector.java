package org.latentspace.feature.dsp;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import be.tarsos.dsp.onsets.PercussionOnsetDetector;

/**
 * Hears strokes by TarsosDSP's percussion onset detector (Barry, FitzGerald, Coyle and Lawlor
 * 2005): so many bins of the spectrum rise at once, and more of them than in the frames before and
 * after. So a stroke is told one hop after it was heard. What the spectral shape is measured of is
 * what is listened to here: windows of the fft, a hop apart, under a Hann window, without which the
 * edges of a low tone's frames sound like strokes.
 *
 * <p>TarsosDSP transforms the first half of its buffer and counts the second half as if it were
 * bins, too: silence there leaves it out. It never counts a bin that was silent before: a trace of
 * sound in every frame (-120 dB) lets the first stroke after digital silence be heard.
 */
final class PercussiveAttackDetector extends AttackDetector {
  /** Of the bins so many must rise: bass drums and room noise leave the others as they are. */
  private static final double RISING = 0.3;

  private static final float TRACE = 1e-6f;

  private final PercussionOnsetDetector detector;
  private final AudioEvent event;
  private final float[] buffer;
  private final double[] hann;
  private final double floor;
  private long audibleUntil;
  private boolean struck;

  /**
   * fft: samples, a power of two in 64..16384; rate: Hz; thresholdDb: 1..40 by which a bin must
   * rise; floorDbfs: softer sounds begin nothing.
   */
  PercussiveAttackDetector(int fft, double rate, double thresholdDb, double floorDbfs) {
    super(rate, REFRACTORY_SECONDS);
    buffer = new float[2 * fft];
    hann = Spectrum.periodicHann(fft);
    event = new AudioEvent(new TarsosDSPAudioFormat((float) rate, 16, 1, true, false));
    // Its sensitivity is a share of all that it counts, half of which is silence here; of
    // magnitudes it takes ten times the logarithm, which is half the level's dB.
    detector =
        new PercussionOnsetDetector(
            (float) rate,
            buffer.length,
            (seconds, salience) -> struck = true,
            100 - 50 * RISING,
            thresholdDb / 2);
    floor = Math.pow(10, floorDbfs / 20);
  }

  @Override
  boolean hear(float[] history, int from, int to, double loud, double period) {
    int end = history.length;
    samples += end - from;
    if (to < end) {
      return false;
    }
    for (int i = 0; i < hann.length; i++) {
      buffer[i] = (float) (history[end - hann.length + i] * hann[i]);
      buffer[hann.length + i] = 0;
    }
    buffer[0] += TRACE;
    event.setFloatBuffer(buffer);
    struck = false;
    detector.process(event);
    if (loud > floor) {
      // As long as the hop lies in a frame, or in the one before.
      audibleUntil = samples + hann.length;
    }
    if (struck && samples <= audibleUntil && !refractory()) {
      begin();
      return true;
    }
    return false;
  }
}
