package org.latentspace.feature.dsp;

import java.util.Arrays;

/**
 * Cuts blocks of any length into steps of one hop and keeps the newest samples for the windows.
 *
 * <pre>
 *   sound      ...............................|  newest sample of step m = m hop - 1
 *   history               |&lt;---- length ---->|
 *   window                      |&lt;-- fft --->|  centre m hop - fft/2
 * </pre>
 *
 * Before the first sample there is silence. Samples that are not finite become 0 and samples beyond
 * +-8 (18 dB over full scale) are clipped, so that nothing after this class meets either.
 */
final class Framer {
  private static final float LIMIT = 8;

  private final int hop;
  private final float[] history;
  private final float[] step;
  private int filled;
  private long steps;

  /** hop: samples, at least 1; length: samples of history, at least hop. */
  Framer(int hop, int length) {
    this.hop = hop;
    history = new float[length];
    step = new float[hop];
  }

  /**
   * Takes samples from..to-1 until the next step is complete. The result is the index of the first
   * sample not taken; the step is complete when stepComplete() says so.
   */
  int take(float[] samples, int from, int to) {
    int count = Math.min(to - from, hop - filled);
    for (int i = 0; i < count; i++) {
      step[filled + i] = clean(samples[from + i]);
    }
    advance(count);
    return from + count;
  }

  /** Takes silence until the next step is complete. */
  void pad() {
    int count = hop - filled;
    Arrays.fill(step, filled, hop, 0);
    advance(count);
  }

  private void advance(int count) {
    filled += count;
    if (filled == hop) {
      System.arraycopy(history, hop, history, 0, history.length - hop);
      System.arraycopy(step, 0, history, history.length - hop, hop);
      steps++;
    }
  }

  /** True once after each complete step; asking begins the next step. */
  boolean stepComplete() {
    if (filled < hop) {
      return false;
    }
    filled = 0;
    return true;
  }

  static float clean(float sample) {
    // NaN fails both comparisons, and the infinities fail one.
    if (sample >= -LIMIT && sample <= LIMIT) {
      return sample;
    }
    return Float.isFinite(sample) ? Math.copySign(LIMIT, sample) : 0;
  }

  /** The newest samples, the last one at the end; holds until the next step is complete. */
  float[] history() {
    return history;
  }

  /** Complete steps so far. */
  long steps() {
    return steps;
  }}
