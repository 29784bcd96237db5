package org.latentspace.vae.playing;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.model.ActiveModel.Playing;

/** Points one by one. */
public final class Alone {
  private Alone() {}

  /** The performer's rhythm for a point, as in a batch of its own. */
  public static DecodedRhythm play(Performer performer, LatentPoint point, Playing playing) {
    PointBatch batch = new PointBatch();
    List<DecodedRhythm> played = new ArrayList<>();
    batch.add(performer, point, playing, 0);
    batch.play(
        (rhythm, arrived) -> played.add(rhythm),
        (origin, fault) -> {
          throw new AssertionError(fault);
        });
    return played.get(0);
  }
}
