package org.latentspace.training.fit;

/** Fits one mapping at a time. */
public interface Fitter {
  /**
   * Fits; returns null where it is not wanted any more, within an epoch.
   *
   * @throws FitFault that says why there is no mapping
   */
  FitResult fit(FitOrder order, Progress progress) throws FitFault, InterruptedException;
}
