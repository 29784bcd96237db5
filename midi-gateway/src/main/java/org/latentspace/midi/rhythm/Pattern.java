package org.latentspace.midi.rhythm;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A rhythm made ready for the clock: its strokes sorted by cell and time, each with its MIDI key.
 * Built where the rhythm arrives, so that the timing thread only reads arrays.
 */
public final class Pattern {
  private final Rhythm rhythm;
  private final int[] firstOfStep;
  private final int[] offset;
  private final byte[] channel;
  private final byte[] note;
  private final byte[] velocity;
  private final int unmapped;

  /** Strokes of a voice that the map does not know are left out and counted. */
  public Pattern(Rhythm rhythm, VoiceMap map) {
    this.rhythm = rhythm;
    Rhythm.Strokes strokes = rhythm.strokes();
    VoiceMap.Key[] keys = new VoiceMap.Key[rhythm.voices().size()];
    for (int v = 0; v < keys.length; v++) {
      keys[v] = map.key(rhythm.voices().get(v));
    }
    Integer[] order = new Integer[strokes.count()];
    int count = 0;
    for (int i = 0; i < order.length; i++) {
      if (keys[strokes.voice()[i]] != null) {
        order[count++] = i;
      }
    }
    unmapped = order.length - count;
    Arrays.sort(
        order,
        0,
        count,
        Comparator.<Integer>comparingInt(i -> strokes.step()[i])
            .thenComparingInt(i -> offsetGrains(strokes.offset()[i]))
            .thenComparingInt(i -> strokes.voice()[i]));
    offset = new int[count];
    channel = new byte[count];
    note = new byte[count];
    velocity = new byte[count];
    firstOfStep = new int[rhythm.grid().steps() + 1];
    for (int i = 0; i < count; i++) {
      int stroke = order[i];
      VoiceMap.Key key = keys[strokes.voice()[stroke]];
      offset[i] = offsetGrains(strokes.offset()[stroke]);
      channel[i] = (byte) key.channel();
      note[i] = (byte) key.note();
      velocity[i] = (byte) Math.max(1, Math.round(strokes.velocity()[stroke] * 127));
      firstOfStep[strokes.step()[stroke] + 1] = i + 1;
    }
    for (int step = 1; step < firstOfStep.length; step++) {
      firstOfStep[step] = Math.max(firstOfStep[step], firstOfStep[step - 1]);
    }
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

  /** Strokes that can be struck. */
  public int count() {
    return note.length;
  }

  /** Strokes that were left out because nothing strikes their voice. */
  public int unmapped() {
    return unmapped;
  }

  /** Index of a step's first stroke; its last one stands before the next step's first. */
  public int first(int step) {
    return firstOfStep[step];
  }

  /** Grains from the grid line of its step, at most half a step to either side. */
  public long offset(int stroke) {
    return offset[stroke];
  }

  /** 0..15. */
  public int channel(int stroke) {
    return channel[stroke];
  }

  /** 0..127. */
  public int note(int stroke) {
    return note[stroke];
  }

  /** 1..127. */
  public int velocity(int stroke) {
    return velocity[stroke];
  }
}
