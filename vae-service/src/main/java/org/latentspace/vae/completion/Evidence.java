package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.RhythmTensor;

/** What is known of a rhythm of which the rest is to be found. */
interface Evidence {
  /** Log-likelihood of what is known, given a decoded tensor (onsets are probabilities). */
  double likelihood(RhythmTensor decoded);

  /**
   * Writes the decoded tensor as strokes, with what is known in its place, for the encoder to read.
   *
   * @param thresholds at which a decoded onset is a stroke, one per voice
   */
  void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed);
}
