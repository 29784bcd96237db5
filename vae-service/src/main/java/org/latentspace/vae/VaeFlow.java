package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.rhythm.Rhythm;

/**
 * Read this first: how a place in the latent space becomes a rhythm.
 *
 * <pre>
 *   point -> performer: glide, noise, decode, threshold -> rhythm -> midi-gateway
 *                              ^
 *                    the model that plays <- VersionFlow
 * </pre>
 */
@ApplicationScoped
public class VaeFlow {
  @Inject ActiveModel activeModel;
  @Inject Performers performers;
  @Inject RhythmOutlet rhythms;

  /**
   * One point of the live path; {@code arrivedNanos} is of a clock that never runs back.
   *
   * @return false when there is no room for another performer
   */
  public boolean play(LatentPoint point, long arrivedNanos) {
    String name = point.origin().performer();
    ActiveModel.Playing playing = activeModel.playing();
    Performer performer = performers.named(name, arrivedNanos);
    if (playing == null || performer == null) {
      rhythms.pass(point.origin());
    } else {
      DecodedRhythm decodedRhythm = performer.play(point, playing);
      rhythms.send(decodedRhythm, arrivedNanos);
    }
    if (point.origin().last()) {
      performers.forget(name);
    }
    return performer != null;
  }

  /** The rhythm at a place, without glide or noise. */
  public DecodedRhythm decode(float[] position) {
    return LatentQueries.decode(model(), position);
  }

  /** The place of a rhythm, 0..1 within the model's latent range. */
  public float[] encode(Rhythm rhythm) {
    return LatentQueries.encode(model(), rhythm);
  }

  /** The model that plays, and its thresholds. */
  public ActiveModel.Playing model() {
    ActiveModel.Playing playing = activeModel.playing();
    if (playing == null) {
      throw new IllegalStateException("no model is loaded");
    }
    return playing;
  }

  /** Sets the onset thresholds, one per voice; none: the model's own. */
  public ActiveModel.Playing setThresholds(float[] thresholds) {
    return activeModel.setThresholds(thresholds);
  }
}
