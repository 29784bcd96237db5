package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.NoSuchElementException;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.outlet.ModelLocator;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.playing.PointBatch;
import org.latentspace.vae.versions.VersionFollower;

/**
 * Read this first: how a place in the latent space becomes a rhythm, and which model plays.
 *
 * <pre>
 *   point -> performer: glide, noise -> batch: decode -> threshold -> rhythm -> midi-gateway
 *                                              ^
 *                         active model <--+-- load by name: ModelLocator, else the version cache
 *                                         +-- activation: VersionFollower: fetch, verify, warm up
 * </pre>
 */
@ApplicationScoped
public class VaeFlow {
  @Inject ActiveModel activeModel;
  @Inject Performers performers;
  @Inject RhythmOutlet rhythms;
  @Inject ModelLocator locator;
  @Inject VersionFollower versions;

  // Of the live thread.
  private final PointBatch batch = new PointBatch();

  /**
   * One point of the live path, on the live thread. It waits for {@link #playBatch}, or for a point
   * that cannot be played together with it.
   *
   * @param arrivedNanos of a clock that never runs back
   * @return false when there is no room for another performer
   */
  public boolean play(LatentPoint point, long arrivedNanos) {
    String name = point.origin().performer();
    ActiveModel.Playing playing = activeModel.playing();
    Performer performer = performers.named(name, arrivedNanos);
    if (playing == null || performer == null) {
      playBatch();
      rhythms.pass(point.origin());
    } else {
      if (!batch.hasRoom(performer, playing)) {
        playBatch();
      }
      batch.add(performer, point, playing, arrivedNanos);
    }
    if (point.origin().last()) {
      playBatch();
      performers.forget(name);
    }
    return performer != null;
  }

  /** Plays the points that wait: all that had come in together. */
  public void playBatch() {
    batch.play(rhythms::send, rhythms::fail);
  }

  /** Plays a file, or else a cached version, from the next rhythm on. */
  public ActiveModel.Playing load(String name) throws ModelFault {
    return activeModel.put(name, find(name));
  }

  private Model find(String name) throws ModelFault {
    try {
      return locator.named(name);
    } catch (NoSuchElementException e) {
      Model cached = versions.cached(name);
      if (cached == null) {
        throw e;
      }
      return cached;
    }
  }
}
