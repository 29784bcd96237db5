package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.rhythm.Rhythm;

/**
 * The mean of rhythms, weighted by their loudness: in each cell of each voice the mean of the
 * velocities, where who does not strike counts as 0, and the mean of the offsets, weighted by the
 * strokes as well. A stroke that would be softer than {@value #SOFTEST} is left out.
 *
 * <p>The loudness of a rhythm is the root of the mean square of its velocities. A rhythm without
 * strokes has no weight.
 */
final class MeanRhythm {
  static final float SOFTEST = 0.05f;

  private MeanRhythm() {}

  /**
   * @param newest bears the grid, the voices and the origin
   * @param all the newest among them; those on another grid or with other voices do not count
   */
  static Rhythm of(Rhythm newest, List<Rhythm> all) {
    List<Rhythm> alike =
        all.stream()
            .filter(r -> r.grid().equals(newest.grid()) && r.voices().equals(newest.voices()))
            .toList();
    if (alike.size() < 2) {
      return newest;
    }
    int voices = newest.voices().size();
    float[] velocity = new float[newest.grid().steps() * voices];
    float[] offset = new float[velocity.length];
    double weights = 0;
    for (Rhythm rhythm : alike) {
      double weight = loudness(rhythm);
      weights += weight;
      Rhythm.Strokes strokes = rhythm.strokes();
      for (int i = 0; i < strokes.count(); i++) {
        int cell = strokes.step()[i] * voices + strokes.voice()[i];
        velocity[cell] += (float) (weight * strokes.velocity()[i]);
        offset[cell] += (float) (weight * strokes.velocity()[i] * strokes.offset()[i]);
      }
    }
    return new Rhythm(
        newest.origin(),
        newest.modelVersion(),
        newest.grid(),
        newest.voices(),
        strokes(velocity, offset, weights, voices),
        newest.position());
  }

  private static double loudness(Rhythm rhythm) {
    double squares = 0;
    for (float velocity : rhythm.strokes().velocity()) {
      squares += velocity * velocity;
    }
    return squares == 0 ? 0 : Math.sqrt(squares / rhythm.strokes().count());
  }

  private static Rhythm.Strokes strokes(
      float[] velocity, float[] offset, double weights, int voices) {
    List<Integer> cells = new ArrayList<>();
    for (int cell = 0; cell < velocity.length; cell++) {
      if (weights > 0 && velocity[cell] / weights >= SOFTEST) {
        cells.add(cell);
      }
    }
    int count = cells.size();
    int[] step = new int[count];
    int[] voice = new int[count];
    float[] mean = new float[count];
    float[] place = new float[count];
    for (int i = 0; i < count; i++) {
      int cell = cells.get(i);
      step[i] = cell / voices;
      voice[i] = cell % voices;
      mean[i] = (float) Math.min(1, velocity[cell] / weights);
      place[i] = Math.max(-1, Math.min(1, offset[cell] / velocity[cell]));
    }
    return new Rhythm.Strokes(step, voice, mean, place);
  }
}
