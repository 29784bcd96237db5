package org.latentspace.feature.dsp;

/** One-pole smoothing of a group of values: alpha = 1 - exp(-dt/tau); tau 0 = off. */
final class Smoother {
  private final double alpha;
  private final double[] state;
  private boolean begun;

  Smoother(double tauMs, double hopSeconds, int size) {
    alpha = tauMs > 0 ? 1 - Math.exp(-hopSeconds * 1000 / tauMs) : 1;
    state = new double[size];
  }

  /** Replaces values from..from+size-1 by their smoothed ones; the first ones are the start. */
  void smooth(double[] values, int from) {
    for (int i = 0; i < state.length; i++) {
      double value = values[from + i];
      state[i] = begun && alpha < 1 ? state[i] + alpha * (value - state[i]) : value;
      values[from + i] = state[i];
    }
    begun = true;
  }

  /** The next values are the start again. */
  void forget() {
    begun = false;
  }
}
