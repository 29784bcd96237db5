package org.latentspace.midi.rhythm;

import java.util.Arrays;
import java.util.List;
import org.latentspace.performer.Origin;

/**
 * A loop of strokes as it arrived: arrays of one length, ordered by step, then voice. The arrays
 * are not copied and never written to.
 *
 * @param voices 1..24 names
 * @param position where the glide is in the latent space; only handed on
 */
public record Rhythm(
    Origin origin,
    String modelVersion,
    Grid grid,
    List<String> voices,
    Strokes strokes,
    float[] position) {
  /** The strokes, one entry each: step of the loop, index of the voice, 0..1, -1..1. */
  public record Strokes(int[] step, int[] voice, float[] velocity, float[] offset) {
    public int count() {
      return step.length;
    }

    private boolean same(Strokes other) {
      return Arrays.equals(step, other.step)
          && Arrays.equals(voice, other.voice)
          && Arrays.equals(velocity, other.velocity)
          && Arrays.equals(offset, other.offset);
    }
  }

  /** Throws IllegalArgumentException that names what is out of range. */
  public Rhythm {
    voices = List.copyOf(voices);
    check(grid, voices, strokes);
  }

  private static void check(Grid grid, List<String> voices, Strokes strokes) {
    if (voices.isEmpty() || voices.size() > 24) {
      throw new IllegalArgumentException(voices.size() + " voices, expected 1..24");
    }
    int count = strokes.count();
    if (strokes.voice.length != count
        || strokes.velocity.length != count
        || strokes.offset.length != count) {
      throw new IllegalArgumentException("step, voice, velocity and offset differ in length");
    }
    long before = -1;
    for (int i = 0; i < count; i++) {
      within("step", strokes.step[i], grid.steps() - 1);
      within("voice", strokes.voice[i], voices.size() - 1);
      long place = (long) strokes.step[i] * 24 + strokes.voice[i];
      if (place <= before) {
        throw new IllegalArgumentException("strokes are not ordered by step, then voice, at " + i);
      }
      before = place;
      // Written so that a NaN is refused as well.
      if (!(strokes.velocity[i] >= 0 && strokes.velocity[i] <= 1)) {
        throw new IllegalArgumentException(
            "velocity is " + strokes.velocity[i] + ", expected 0..1, at " + i);
      }
      if (!(strokes.offset[i] >= -1 && strokes.offset[i] <= 1)) {
        throw new IllegalArgumentException(
            "offset is " + strokes.offset[i] + ", expected -1..1, at " + i);
      }
    }
  }

  private static void within(String what, int value, int highest) {
    if (value < 0 || value > highest) {
      throw new IllegalArgumentException(what + " is " + value + ", expected 0.." + highest);
    }
  }

  /** The same, run through so many times as fast: 1, 2 or 4. */
  public Rhythm dividedBy(int division) {
    if (division == grid.division()) {
      return this;
    }
    Grid divided =
        new Grid(grid.bars(), grid.beatsPerBar(), grid.beatUnit(), grid.stepsPerBeat(), division);
    return new Rhythm(origin, modelVersion, divided, voices, strokes, position);
  }

  /** Whether both have the same strokes, whatever performer and model they came from. */
  public boolean sameStrokes(Rhythm other) {
    return grid.equals(other.grid) && voices.equals(other.voices) && strokes.same(other.strokes);
  }
}
