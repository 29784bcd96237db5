package org.latentspace.vae.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.vae.rhythm.Rhythm;

/** Takes parts of rhythms away, and says how alike two are. */
final class Parts {
  private Parts() {}

  static Rhythm strokes(Grid grid, int... steps) {
    int n = steps.length;
    return new Rhythm("", grid, List.of("kick"), steps, new int[n], new float[n], new float[n]);
  }

  static Rhythm flat(Rhythm rhythm) {
    float[] velocity = new float[rhythm.strokes()];
    Arrays.fill(velocity, 0.8f);
    return new Rhythm(
        "flat",
        rhythm.grid(),
        rhythm.voices(),
        rhythm.step(),
        rhythm.voice(),
        velocity,
        new float[rhythm.strokes()]);
  }

  static Rhythm taps(Rhythm rhythm) {
    return strokes(rhythm.grid(), Arrays.stream(rhythm.step()).distinct().toArray());
  }

  static boolean[] cells(Rhythm rhythm) {
    boolean[] cells = new boolean[rhythm.grid().steps() * rhythm.voices().size()];
    for (int s = 0; s < rhythm.strokes(); s++) {
      cells[rhythm.step()[s] * rhythm.voices().size() + rhythm.voice()[s]] = true;
    }
    return cells;
  }

  static double f1(boolean[] found, boolean[] wanted, int firstVoice, int voices) {
    int both = 0;
    int all = 0;
    for (int c = 0; c < wanted.length; c++) {
      if (c % voices >= firstVoice) {
        both += found[c] && wanted[c] ? 2 : 0;
        all += (found[c] ? 1 : 0) + (wanted[c] ? 1 : 0);
      }
    }
    return all == 0 ? 1 : both / (double) all;
  }

  static boolean sameVoices(Rhythm one, Rhythm other, int voices) {
    return first(one, voices).equals(first(other, voices));
  }

  static List<String> first(Rhythm rhythm, int voices) {
    List<String> strokes = new ArrayList<>();
    for (int s = 0; s < rhythm.strokes(); s++) {
      if (rhythm.voice()[s] < voices) {
        strokes.add(
            rhythm.step()[s]
                + " "
                + rhythm.voice()[s]
                + " "
                + rhythm.velocity()[s]
                + " "
                + rhythm.offset()[s]);
      }
    }
    return strokes;
  }
}
