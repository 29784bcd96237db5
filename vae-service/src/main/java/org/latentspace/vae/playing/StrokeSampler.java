package org.latentspace.vae.playing;

import java.util.Arrays;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.latent.UniformDraws;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.playing.Controls.Decoding;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/**
 * Makes strokes of a decoded tensor as one performer's controls want them.
 *
 * <pre>
 *   decoded -> temperature -> cut, or draw -> frozen voices as they were -> strokes
 * </pre>
 *
 * All memory but the rhythm's is taken in the constructor.
 */
final class StrokeSampler {
  private static final float HALF = 0.5f;

  private final Decoding decoding;
  private final Grid grid;
  private final List<String> voices;
  private final UniformDraws dice;
  private final float[] halves;
  private final float[] cuts;
  private final boolean[] frozen;
  private final boolean freezes;
  private final RhythmTensor held;
  private boolean holds;

  /** For a model of this grid and these voices; a frozen voice that it does not have is none. */
  StrokeSampler(Controls controls, NoiseSettings noiseSettings, String performer, Model model) {
    decoding = controls.decoding();
    grid = model.grid();
    voices = model.voices();
    Long seed = decoding.seed();
    dice =
        new UniformDraws(
            seed == null ? noiseSettings.seed() : seed, performer, noiseSettings.noiseIntervalMs());
    halves = new float[voices.size()];
    Arrays.fill(halves, HALF);
    cuts = new float[voices.size()];
    frozen = new boolean[voices.size()];
    boolean any = false;
    for (int v = 0; v < frozen.length; v++) {
      frozen[v] = controls.frozen().contains(voices.get(v));
      any |= frozen[v];
    }
    freezes = any;
    held = new RhythmTensor(grid.steps(), voices.size());
  }

  /** Whether the model has this grid and these voices, too. */
  boolean fits(Model model) {
    return grid.equals(model.grid()) && voices.equals(model.voices());
  }

  /** Freezes what sounds: a rhythm of this grid and these voices. */
  void hold(Rhythm sounding) {
    for (int s = 0; s < sounding.strokes(); s++) {
      int voice = sounding.voice()[s];
      held.strike(sounding.step()[s], voice, sounding.velocity()[s], sounding.offset()[s]);
    }
    holds = true;
  }

  /** Goes to a moment of sound time; whether the strokes are to be drawn anew there. */
  boolean isDrawnAnew(long soundNanos) {
    return decoding.sampling() && dice.turn(soundNanos);
  }

  /**
   * The strokes of a decoded tensor, which is overwritten. A voice whose threshold is 1 is silent
   * even where strokes are drawn.
   */
  Rhythm strike(RhythmTensor decoded, float[] thresholds, StrokeExtractor extractor) {
    if (decoding.sampling()) {
      draw(decoded.onset(), thresholds);
    } else {
      cut(decoded.onset(), thresholds);
    }
    if (freezes) {
      freeze(decoded);
    }
    return extractor.strike(decoded, halves);
  }

  private void cut(float[] onset, float[] thresholds) {
    for (int v = 0; v < cuts.length; v++) {
      cuts[v] = decoding.untempered(decoding.shifted(thresholds[v]));
    }
    for (int cell = 0; cell < onset.length; cell++) {
      onset[cell] = onset[cell] > cuts[cell % cuts.length] ? 1 : 0;
    }
  }

  private void draw(float[] onset, float[] thresholds) {
    for (int cell = 0; cell < onset.length; cell++) {
      boolean silenced = thresholds[cell % thresholds.length] >= 1;
      boolean struck = !silenced && dice.at(cell) <= decoding.tempered(onset[cell]);
      onset[cell] = struck ? 1 : 0;
    }
  }

  private void freeze(RhythmTensor decoded) {
    RhythmTensor from = holds ? held : decoded;
    RhythmTensor to = holds ? decoded : held;
    for (int cell = 0; cell < decoded.cells(); cell++) {
      if (frozen[cell % frozen.length]) {
        to.onset()[cell] = from.onset()[cell];
        to.velocity()[cell] = from.velocity()[cell];
        to.offset()[cell] = from.offset()[cell];
      }
    }
    holds = true;
  }
}
