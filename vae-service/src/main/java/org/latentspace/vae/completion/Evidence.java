package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.Pattern;

/** What is known of a rhythm of which the rest is to be found. */
interface Evidence {
  /** Log-likelihood of what is known, given a decoded pattern (onsets are probabilities). */
  double likelihood(Pattern decoded);

  /**
   * Writes the decoded pattern as strokes, with what is known in its place, for the encoder to
   * read.
   *
   * @param thresholds at which a decoded onset is a stroke, one per voice
   */
  void complete(Pattern decoded, float[] thresholds, Pattern completed);
}
