package org.latentspace.midi.rhythm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.latentspace.performer.Origin;

/** Rhythms for tests. */
public final class Rhythms {
  public static final Grid FOUR_FOUR = new Grid(2, 4, 4, 12, 1);
  public static final VoiceMap GENERAL_MIDI = new VoiceMap(java.util.Map.of());

  private Rhythms() {}

  /** One stroke: step, voice, velocity, offset. */
  public record Hit(int step, int voice, float velocity, float offset) {}

  public static Hit hit(int step, int voice, double offset) {
    return new Hit(step, voice, 1, (float) offset);
  }

  public static Origin origin(long sequence) {
    return new Origin("performer", sequence, 0, 0, false, false);
  }

  public static Rhythm rhythm(Origin origin, Grid grid, List<Hit> hits) {
    int count = hits.size();
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(new int[count], new int[count], new float[count], new float[count]);
    for (int i = 0; i < count; i++) {
      Hit hit = hits.get(i);
      strokes.step()[i] = hit.step();
      strokes.voice()[i] = hit.voice();
      strokes.velocity()[i] = hit.velocity();
      strokes.offset()[i] = hit.offset();
    }
    List<String> voices = List.of("kick", "snare", "closed-hat", "open-hat");
    return new Rhythm(origin, "test", grid, voices, strokes, new float[] {0.5f, 0.5f});
  }

  public static Pattern pattern(long sequence, Grid grid, List<Hit> hits) {
    return new Pattern(rhythm(origin(sequence), grid, hits));
  }

  /** About one cell in four struck, anywhere within its cell. */
  public static List<Hit> randomHits(Grid grid, Random random) {
    List<Hit> hits = new ArrayList<>();
    for (int step = 0; step < grid.steps(); step++) {
      for (int voice = 0; voice < 4; voice++) {
        if (random.nextInt(4) == 0) {
          float offset = random.nextInt(8) == 0 ? -1 : random.nextFloat() * 2 - 1;
          hits.add(new Hit(step, voice, random.nextFloat(), offset));
        }
      }
    }
    return hits;
  }
}
