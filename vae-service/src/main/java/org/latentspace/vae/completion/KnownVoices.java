package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.RhythmTensor;

/** Some voices are known wholly, silence included, the others not at all. */
final class KnownVoices implements Evidence {
  private final RhythmTensor known;
  private final boolean[] given;

  /** The given voices (one entry per voice) of a rhythm. */
  KnownVoices(RhythmTensor known, boolean[] given) {
    this.known = known;
    this.given = given;
  }

  @Override
  public double likelihood(RhythmTensor decoded) {
    double sum = 0;
    for (int cell = 0; cell < known.cells(); cell++) {
      if (given[cell % given.length]) {
        boolean struck = known.onset()[cell] > 0;
        sum += Likelihoods.onset(struck, decoded.onset()[cell]);
        if (struck) {
          sum += Likelihoods.velocity(known.velocity()[cell], decoded.velocity()[cell]);
          sum += Likelihoods.offset(known.offset()[cell], decoded.offset()[cell]);
        }
      }
    }
    return sum;
  }

  @Override
  public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
    completed.clear();
    for (int cell = 0; cell < known.cells(); cell++) {
      int voice = cell % given.length;
      RhythmTensor from = given[voice] ? known : decoded;
      if (from.onset()[cell] > (given[voice] ? 0 : thresholds[voice])) {
        completed.strike(cell / given.length, voice, from.velocity()[cell], from.offset()[cell]);
      }
    }
  }
}
