package org.latentspace.feature.dsp;

import org.latentspace.performer.Origin;

/** A block of a performer's sound, mono, 0..4096 samples at rate Hz. */
public record Block(Origin origin, int rate, float[] samples) {}
