package org.latentspace.explorer.feature;

/** The ten features in their own units, as the musician reads them on the screen. */
public record RawFeatures(
    float ambitusSemitones,
    float densityPerSecond,
    float rmsLinear,
    float centroidHz,
    float spreadHz,
    float skewness,
    float kurtosis,
    float rolloffHz,
    float flatnessDb,
    float crestDb) {

  /** Writes the ten from a place on, in the vector's order. */
  void write(float[] to, int at) {
    to[at] = ambitusSemitones;
    to[at + 1] = densityPerSecond;
    to[at + 2] = rmsLinear;
    to[at + 3] = centroidHz;
    to[at + 4] = spreadHz;
    to[at + 5] = skewness;
    to[at + 6] = kurtosis;
    to[at + 7] = rolloffHz;
    to[at + 8] = flatnessDb;
    to[at + 9] = crestDb;
  }
}
