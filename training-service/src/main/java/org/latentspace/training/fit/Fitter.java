package org.latentspace.training.fit;

/** Fits one mapping at a time. */
public interface Fitter {
  /** Hears of a fit while it goes on, in the thread that waits for it. */
  interface Listener {
    /** Asked often; false ends the fit soon. */
    boolean goesOn();

    /**
     * The first epoch is told at once, then one about every 50 ms, however long the fit goes on.
     */
    void heard(int epoch, double loss);
  }

  /**
   * Fits; returns null where the listener wanted no more.
   *
   * @throws FitFault that says why there is no mapping
   */
  FitResult fit(FitOrder order, Listener listener) throws FitFault, InterruptedException;
}
