package org.latentspace.explorer.mapping;

/**
 * Hears how a fit goes. {@link #done}, {@link #failed} or {@link #refused} comes last, and once;
 * after a fit was taken back nothing need come.
 */
public interface FitEar {

  /** For its turn. */
  void waiting(String what);

  void running(int epoch, int epochs, double loss);

  /** The new mapping plays. */
  void done(Fitted fitted, String remark);

  /** The fit came to nothing. */
  void failed(String why);

  /** There was no fit: something is missing or wrong. */
  void refused(RuntimeException why);
}
