package org.latentspace.vae.playing;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.LatentRange;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * A way between two places.
 *
 * @param from position, as many entries as the model has latent dimensions; 0..1 of the range, or
 *     beyond it as the place of a rhythm may be, -10..10
 * @param to position
 * @param count rhythms on the way, both ends included: 2..1024
 * @param spherical limit from one place to the other around the latent origin (slerp, Shoemake
 *     1985; for latent spaces White 2016) instead of going straight
 */
public record Interpolation(float[] from, float[] to, int count, boolean spherical) {
  /** Strokes of one answer, all rhythms together. */
  public static final int MOST_STROKES = 500_000;

  private static final int LEAST = 2;
  private static final int MOST = 1024;
  // Nearer than this to one line through the origin there is no arc to go along.
  private static final double FLAT = 1e-4;

  /**
   * The rhythms on the way, at even steps.
   *
   * @throws IllegalArgumentException for a wrong number or value
   * @throws LimitExceeded when they have more than {@value #MOST_STROKES} strokes
   */
  public List<DecodedRhythm> rhythms(CancellableCodec codec) {
    if (count < LEAST || count > MOST) {
      throw new IllegalArgumentException("count is " + count + ", must be " + LEAST + ".." + MOST);
    }
    LatentRange range = codec.model().latent();
    float[] start = LatentQueries.latent("from", from, range);
    float[] end = LatentQueries.latent("to", to, range);
    double angle = spherical ? angle(start, end) : 0;
    List<DecodedRhythm> decodedRhythms = new ArrayList<>(count);
    RhythmTensor tensor = codec.blank();
    long strokes = 0;
    for (int i = 0; i < count; i++) {
      float[] z = between(start, end, i / (count - 1.0), angle);
      codec.decode(z, tensor);
      Rhythm rhythm = codec.strike(tensor);
      strokes += rhythm.strokes();
      if (strokes > MOST_STROKES) {
        throw new LimitExceeded(
            "the first " + (i + 1) + " rhythms have more than " + MOST_STROKES + " strokes");
      }
      decodedRhythms.add(DecodedRhythm.apart(rhythm, codec.position(z)));
    }
    return decodedRhythms;
  }

  /** Angle at the origin between two places, or 0 where an arc between them is not defined. */
  private static double angle(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int d = 0; d < a.length; d++) {
      dot += a[d] * (double) b[d];
      aa += a[d] * (double) a[d];
      bb += b[d] * (double) b[d];
    }
    double lengths = Math.sqrt(aa * bb);
    double angle = lengths == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, dot / lengths)));
    return angle < FLAT || angle > Math.PI - FLAT ? 0 : angle;
  }

  private static float[] between(float[] a, float[] b, double share, double angle) {
    double wa = angle == 0 ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
    double wb = angle == 0 ? share : Math.sin(share * angle) / Math.sin(angle);
    if (share == 0 || share == 1) {
      // The ends themselves, to the last bit.
      wa = 1 - share;
      wb = share;
    }
    float[] z = new float[a.length];
    for (int d = 0; d < z.length; d++) {
      z[d] = (float) (wa * a[d] + wb * b[d]);
    }
    return z;
  }
}
