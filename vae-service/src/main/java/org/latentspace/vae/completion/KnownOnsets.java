package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.RhythmTensor;

/** Every onset is known, no velocity and no offset. */
final class KnownOnsets implements Evidence {
  private final RhythmTensor known;

  KnownOnsets(RhythmTensor known) {
    this.known = known;
  }

  @Override
  public double likelihood(RhythmTensor decoded) {
    double sum = 0;
    for (int cell = 0; cell < known.cells(); cell++) {
      sum += Likelihoods.onset(known.onset()[cell] > 0, decoded.onset()[cell]);
    }
    return sum;
  }

  @Override
  public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
    completed.clear();
    for (int cell = 0; cell < known.cells(); cell++) {
      if (known.onset()[cell] > 0) {
        int step = cell / known.voices();
        int voice = cell % known.voices();
        completed.strike(step, voice, decoded.velocity()[cell], decoded.offset()[cell]);
      }
    }
  }
}
