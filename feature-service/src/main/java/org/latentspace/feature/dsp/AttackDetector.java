package org.latentspace.feature.dsp;

/** Hears where notes and hits begin that begin with an attack. */
interface AttackDetector {
  double REFRACTORY_SECONDS = 0.050;

  /**
   * Listens to samples from..to-1 of a history that ends with the newest hop; true when an attack
   * is among them. loud: their linear RMS; period: of the sound before, in samples, 0 = not known.
   */
  boolean hear(float[] history, int from, int to, double loud, double period);

  /** An onset that was heard by other means: the attack that may follow belongs to it. */
  void begin();

  /** An onset was so recently (50 ms) that there can be no other. */
  boolean refractory();
}
