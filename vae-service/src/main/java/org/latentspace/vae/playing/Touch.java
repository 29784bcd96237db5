package org.latentspace.vae.playing;

import java.util.Arrays;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.vae.latent.Dice;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.Pattern;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.Striking;

/**
 * Makes strokes of a decoded pattern as one performer's controls want them.
 *
 * <pre>
 *   decoded -> temperature -> cut, or draw -> frozen voices as they were -> strokes
 * </pre>
 *
 * All memory but the rhythm's is taken in the constructor.
 */
final class Touch {
  private static final float HALF = 0.5f;

  private final Decoding decoding;
  private final Grid grid;
  private final List<String> voices;
  private final Dice dice;
  private final float[] halves;
  private final float[] cuts;
  private final boolean[] frozen;
  private final boolean freezes;
  private final Pattern held;
  private boolean holds;

  /** For a model of this grid and these voices; a frozen voice that it does not have is none. */
  Touch(Controls controls, Chance chance, String performer, Model model) {
    decoding = controls.decoding();
    grid = model.grid();
    voices = model.voices();
    Long seed = decoding.seed();
    dice = new Dice(seed == null ? chance.seed() : seed, performer, chance.noiseIntervalMs());
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
    held = new Pattern(grid.steps(), voices.size());
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
   * The strokes of a decoded pattern, which is overwritten. A voice whose threshold is 1 is silent
   * even where strokes are drawn.
   */
  Rhythm strike(Pattern decoded, float[] thresholds, Striking striking) {
    if (decoding.sampling()) {
      draw(decoded.onset(), thresholds);
    } else {
      cut(decoded.onset(), thresholds);
    }
    if (freezes) {
      freeze(decoded);
    }
    return striking.strike(decoded, halves);
  }

  private void cut(float[] onset, float[] thresholds) {
    for (int v = 0; v < cuts.length; v++) {
      cuts[v] = decoding.untempered(thresholds[v]);
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

  private void freeze(Pattern decoded) {
    Pattern from = holds ? held : decoded;
    Pattern to = holds ? decoded : held;
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
