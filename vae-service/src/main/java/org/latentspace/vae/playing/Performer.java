package org.latentspace.vae.playing;

import org.latentspace.model.LatentRange;
import org.latentspace.vae.latent.Glide;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/**
 * One performer's way through the latent space: glide, noise, decode, threshold.
 *
 * <pre>
 *   point -> glide -> place 0..1 -> latent range -> + noise -> moved? -yes-> decode -> strike
 *                                                              |
 *                                                              +-no-> the rhythm before
 * </pre>
 *
 * What comes out is a function of the points, the model and the seed alone, not of the wall clock.
 * But for its controls, a performer belongs to one thread.
 */
public final class Performer {
  /** A place this near to the decoded one (in positions, 0..1) is not decoded again. */
  static final float STILL = 1e-5f;

  private final String name;
  private final NoiseSettings noiseSettings;
  private Glide glide;
  private Noise noise;
  private Playing playing;
  private StrokeExtractor extractor;
  private RhythmTensor tensor;
  private float[] z;
  private float[] position;
  private float[] decoded;
  private Rhythm rhythm;
  private volatile Controls wanted = Controls.NONE;
  private Controls controls = Controls.NONE;
  // Null while the performer's controls are as the model is.
  private StrokeSampler sampler;

  /** A performer without any point yet. */
  public Performer(String name, NoiseSettings noiseSettings) {
    this.name = name;
    this.noiseSettings = noiseSettings;
  }

  /** Sets how this performer's rhythms are decoded, from the next one on. Any thread may call. */
  public void control(Controls newControls) {
    wanted = newControls;
  }

  /** Goes where the point leads; returns whether that is to be decoded for its rhythm. */
  boolean aim(LatentPoint point, Playing now) {
    boolean changed = now != playing;
    if (changed) {
      take(now);
    }
    if (glide == null || glide.size() != point.position().length) {
      glide = new Glide(point.position().length);
    }
    glide.aim(point.position(), point.zRampMs(), point.origin().soundNanos());
    place(point);
    changed |= adopt(wanted);
    changed |= isDrawnAnew(point);
    return changed || moved();
  }

  /**
   * The rhythm for the point that it has gone to: always one, so that the clock and the echo go on.
   *
   * @param decode whether the tensor holds it anew
   */
  DecodedRhythm rhythm(LatentPoint point, boolean decode) {
    if (decode) {
      rhythm = strike(playing.thresholds());
      System.arraycopy(position, 0, decoded, 0, position.length);
    }
    return new DecodedRhythm(point.origin(), rhythm, position.clone(), decode, point.controls());
  }

  /** The latent coordinates that are to be decoded. */
  float[] z() {
    return z;
  }

  /** Where they are decoded to. */
  RhythmTensor tensor() {
    return tensor;
  }

  private void take(Playing now) {
    Model model = now.model();
    if (playing == null || playing.model() != model) {
      int size = model.latent().size();
      extractor = new StrokeExtractor(model.version(), model.grid(), model.voices());
      tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
      noise = new Noise(noiseSettings.seed(), name, noiseSettings.noiseIntervalMs(), size);
      z = new float[size];
      position = new float[size];
      decoded = new float[size];
      if (sampler != null && !sampler.fits(model)) {
        sampler = new StrokeSampler(controls, noiseSettings, name, model);
      }
      if (rhythm != null && !fits(rhythm, model)) {
        rhythm = null;
      }
    }
    playing = now;
  }

  private static boolean fits(Rhythm rhythm, Model model) {
    return rhythm.grid().equals(model.grid()) && rhythm.voices().equals(model.voices());
  }

  private boolean adopt(Controls newControls) {
    if (newControls.equals(controls)) {
      return false;
    }
    controls = newControls;
    sampler = null;
    if (!newControls.equals(Controls.NONE)) {
      sampler = new StrokeSampler(newControls, noiseSettings, name, playing.model());
      if (rhythm != null) {
        sampler.hold(rhythm);
      }
    }
    return true;
  }

  private boolean isDrawnAnew(LatentPoint point) {
    return sampler != null && sampler.isDrawnAnew(point.origin().soundNanos());
  }

  private Rhythm strike(float[] thresholds) {
    return sampler == null
        ? extractor.strike(tensor, thresholds)
        : sampler.strike(tensor, thresholds, extractor);
  }

  private void place(LatentPoint point) {
    LatentRange range = playing.model().latent();
    for (int d = 0; d < z.length; d++) {
      position[d] = d < glide.size() ? glide.place(d) : LatentRange.MIDDLE;
      z[d] = range.latent(d, position[d]);
      if (point.noise() > 0) {
        z[d] += (float) (point.noise() * noise.at(point.origin().soundNanos(), d));
        position[d] = range.position(d, z[d]);
      }
    }
  }

  private boolean moved() {
    for (int d = 0; d < position.length; d++) {
      if (Math.abs(position[d] - decoded[d]) > STILL) {
        return true;
      }
    }
    return false;
  }
}
