package org.latentspace.midi.rhythm;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.latentspace.performer.Origin;

/**
 * A rhythm made ready for the clock: its strokes sorted by cell and time. Built where the rhythm
 * arrives, so that the timing thread only reads arrays.
 */
public final class Pattern {
  private final Rhythm rhythm;
  private final int[] firstOfStep;
  private final int[] step;
  private final int[] offset;
  private final String[] voice;
  private final float[] velocity;

  public Pattern(Rhythm rhythm) {
    this.rhythm = rhythm;
    Rhythm.Strokes strokes = rhythm.strokes();
    int count = strokes.count();
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Arrays.sort(
        order,
        Comparator.<Integer>comparingInt(i -> strokes.step()[i])
            .thenComparingInt(i -> offsetGrains(strokes.offset()[i]))
            .thenComparingInt(i -> strokes.voice()[i]));
    step = new int[count];
    offset = new int[count];
    voice = new String[count];
    velocity = new float[count];
    firstOfStep = new int[rhythm.grid().steps() + 1];
    for (int i = 0; i < count; i++) {
      int stroke = order[i];
      step[i] = strokes.step()[stroke];
      offset[i] = offsetGrains(strokes.offset()[stroke]);
      voice[i] = rhythm.voices().get(strokes.voice()[stroke]);
      velocity[i] = strokes.velocity()[stroke];
      firstOfStep[strokes.step()[stroke] + 1] = i + 1;
    }
    for (int step = 1; step < firstOfStep.length; step++) {
      firstOfStep[step] = Math.max(firstOfStep[step], firstOfStep[step - 1]);
    }
  }

  /** A bar in which nothing is struck. */
  public static Pattern silence(Grid grid) {
    Rhythm.Strokes none = new Rhythm.Strokes(new int[0], new int[0], new float[0], new float[0]);
    Origin nobody = new Origin("nobody", 0, 0, 0, false, false);
    return new Pattern(new Rhythm(nobody, "", grid, List.of("kick"), none, new float[0]));
  }

  private int offsetGrains(float offset) {
    return Math.round(offset * rhythm.grid().halfStepGrains());
  }

  public Rhythm rhythm() {
    return rhythm;
  }

  public Grid grid() {
    return rhythm.grid();
  }

  /** Strokes of the loop. */
  public int count() {
    return voice.length;
  }

  /** Index of a step's first stroke; its last one stands before the next step's first. */
  public int first(int step) {
    return firstOfStep[step];
  }

  /** The step of the loop that it belongs to. */
  public int step(int stroke) {
    return step[stroke];
  }

  /** Grains from the grid line of its step, at most half a step to either side. */
  public long offset(int stroke) {
    return offset[stroke];
  }

  /** The voice's name. */
  public String voice(int stroke) {
    return voice[stroke];
  }

  /** 0..1. */
  public float velocity(int stroke) {
    return velocity[stroke];
  }
}
