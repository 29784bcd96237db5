package org.latentspace.model;

/**
 * What position 0 and 1 mean in each dimension of a model's latent space.
 *
 * @param low latent coordinate of position 0, one per dimension
 * @param high latent coordinate of position 1, above low
 */
public record LatentRange(float[] low, float[] high) {

  /** The middle of the square: where a dimension lies of which a point says nothing. */
  public static final float MIDDLE = 0.5f;

  /** Number of dimensions. */
  public int size() {
    return low.length;
  }

  /** Latent coordinate of a position (0..1, may be beyond) in one dimension. */
  public float latent(int dimension, float position) {
    return low[dimension] + position * (high[dimension] - low[dimension]);
  }

  /** Latent coordinates of a place; one position per dimension. */
  public float[] latents(float[] positions) {
    float[] z = new float[positions.length];
    for (int d = 0; d < z.length; d++) {
      z[d] = latent(d, positions[d]);
    }
    return z;
  }

  /** Positions of latent coordinates; one per dimension. */
  public float[] positions(float[] z) {
    float[] positions = new float[z.length];
    for (int d = 0; d < z.length; d++) {
      positions[d] = position(d, z[d]);
    }
    return positions;
  }

  /** Position (0..1 within the range) of a latent coordinate in one dimension. */
  public float position(int dimension, float latent) {
    return (latent - low[dimension]) / (high[dimension] - low[dimension]);
  }
}
