package org.latentspace.explorer.heard;

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
    float crestDb) {}
