package org.latentspace.training.rhythm;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;
import org.latentspace.model.Grid;

/**
 * Rhythms to learn, kept as their strokes alone and unfolded one at a time when they are read: a
 * rhythm of 96 steps and 9 voices takes some 400 bytes here and 10 kB unfolded.
 */
public final class Examples extends AbstractList<Example> implements RandomAccess {
  private record Packed(
      String song, int bar, double bpm, Grid grid, int voices, int[] cells, float[] values) {

    static Packed of(Example example) {
      Rhythm rhythm = example.rhythm();
      int[] cells = rhythm.struck();
      float[] values = new float[2 * cells.length];
      for (int i = 0; i < cells.length; i++) {
        values[2 * i] = rhythm.velocity()[cells[i]];
        values[2 * i + 1] = rhythm.offset()[cells[i]];
      }
      return new Packed(
          example.song(),
          example.bar(),
          example.bpm(),
          rhythm.grid(),
          rhythm.voices(),
          cells,
          values);
    }

    Example unfold() {
      Rhythm rhythm = Rhythm.silent(grid, voices);
      for (int i = 0; i < cells.length; i++) {
        rhythm.put(cells[i], values[2 * i], values[2 * i + 1]);
      }
      return new Example(song, bar, bpm, rhythm);
    }
  }

  private final List<Packed> packed;

  private Examples(List<Packed> packed) {
    this.packed = packed;
  }

  /** Keeps a copy that does not change any more. */
  public static Examples of(Collection<Example> examples) {
    if (examples instanceof Examples same) {
      return same;
    }
    Collector collector = new Collector();
    examples.forEach(collector::add);
    return collector.examples();
  }

  @Override
  public Example get(int index) {
    return packed.get(index).unfold();
  }

  @Override
  public int size() {
    return packed.size();
  }

  /** The piece that a rhythm comes from, without unfolding it. */
  public String song(int index) {
    return packed.get(index).song();
  }

  /** The bar in its piece, without unfolding it. */
  public int bar(int index) {
    return packed.get(index).bar();
  }

  /** The rhythms of some pieces alone. */
  public Examples ofSongs(Predicate<String> wanted) {
    return new Examples(packed.stream().filter(p -> wanted.test(p.song())).toList());
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(packed.stream().mapToInt(Packed::bar).toArray());
  }

  /** Takes rhythms in one after the other. */
  public static final class Collector {
    private final List<Packed> packed = new ArrayList<>();
    private long strokes;

    public void add(Example example) {
      Packed next = Packed.of(example);
      strokes += next.cells().length;
      packed.add(next);
    }

    /** How many strokes are held, which is what takes the room. */
    public long strokes() {
      return strokes;
    }

    public Examples examples() {
      return new Examples(List.copyOf(packed));
    }
  }
}
