package org.latentspace.explorer.teaching;

/** Whoever can fit a mapping to a performer's pairs, to be asked by a pedal. */
public interface FitStarter {
  /**
   * Begins a fit with the performer's own settings, and does not wait for it.
   *
   * @throws RuntimeException with one line that says why it cannot
   */
  void fit(String performer);
}
