package org.latentspace.vae.playing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.performer.Places;
import org.latentspace.vae.latent.Noise.NoiseSettings;

/**
 * All performers of this process: a bounded number, each with a state of its own.
 *
 * <p>When it is full, a performer who has been silent for ten seconds makes room ({@link Places});
 * else the new one is refused.
 *
 * <p>Controls belong to a name: they hold for a performer who is not here yet, and stay when one
 * has gone.
 */
public final class Performers {
  static final int MOST_CONTROLS = 256;

  private final NoiseSettings noiseSettings;
  private final Places<Performer> places;
  private final Map<String, Controls> controls = new HashMap<>();

  /** At most so many performers (1 or more) at once. */
  public Performers(int most, NoiseSettings noiseSettings) {
    this.places = new Places<>(most);
    this.noiseSettings = noiseSettings;
  }

  /**
   * The performer of this name.
   *
   * @param nowNanos of a clock that never runs back
   * @return null when there is no place for a new one
   */
  public synchronized Performer named(String name, long nowNanos) {
    return places.heard(name, nowNanos, this::begin);
  }

  private Performer begin(String name) {
    Performer performer = new Performer(name, noiseSettings);
    performer.control(controls(name));
    return performer;
  }

  /** The performer's sound has ended; a later point of this name begins anew. */
  public synchronized void forget(String name) {
    places.free(name);
  }

  /** Seed of all performers without a seed of their own. */
  public long seed() {
    return noiseSettings.seed();
  }

  /** How this performer's rhythms are decoded. */
  public synchronized Controls controls(String name) {
    return controls.getOrDefault(name, Controls.NONE);
  }

  /**
   * Changes how this performer's rhythms are decoded, from the next one on.
   *
   * @return what holds now
   * @throws LimitExceeded when {@value #MOST_CONTROLS} other names have controls that are not the
   *     usual
   */
  public synchronized Controls control(String name, UnaryOperator<Controls> change) {
    Controls changed = change.apply(controls(name));
    if (changed.equals(Controls.NONE)) {
      controls.remove(name);
    } else if (controls.containsKey(name) || controls.size() < MOST_CONTROLS) {
      controls.put(name, changed);
    } else {
      throw new LimitExceeded(
          "controls of " + MOST_CONTROLS + " performers are set, must be at most so many");
    }
    Performer performer = places.find(name);
    if (performer != null) {
      performer.control(changed);
    }
    return changed;
  }

  /** Performers who sent a point in the last ten seconds. */
  public int taken(long nowNanos) {
    return places.taken(nowNanos);
  }

  /** "ok", or which performer found no room. */
  public String status(long nowNanos) {
    return places.status("vae-service.max-performers", nowNanos);
  }
}
