package org.latentspace.explorer.place;

/**
 * What is going on with the point.
 *
 * @param extrapolation distance to the nearest pair in spacings of the pairs; 0 without pairs
 * @param velocity position units a second; empty where the position is a place
 * @param drift share of the drift in the point, 0..1
 * @param replays name of the trajectory that leads the point; empty if none
 * @param records name of the trajectory that is recorded; empty if none
 * @param preset name of the preset that the point goes to; empty if none
 * @param morph how far, 0..1
 */
public record PointStatus(
    float extrapolation,
    float[] velocity,
    float drift,
    String replays,
    String records,
    String preset,
    float morph) {}
