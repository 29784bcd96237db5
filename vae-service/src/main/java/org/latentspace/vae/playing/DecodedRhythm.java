package org.latentspace.vae.playing;

import java.util.List;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint.Control;
import org.latentspace.vae.rhythm.Rhythm;

/**
 * A rhythm, and the moment and place it was played for.
 *
 * @param origin of the point that asked for it
 * @param position where the glide is, in the model's dimensions, noise included
 * @param decoded whether it was decoded for this point; else it is the one before, whose place and
 *     model are still the same
 * @param controls of the point, unchanged
 */
public record DecodedRhythm(
    Origin origin, Rhythm rhythm, float[] position, boolean decoded, List<Control> controls) {
  private static final Origin NOBODY = new Origin("", 0, 0, 0, false, false);

  /** A rhythm that no point has asked for. */
  public static DecodedRhythm apart(Rhythm rhythm, float[] position) {
    return new DecodedRhythm(NOBODY, rhythm, position, true, List.of());
  }
}
