package org.latentspace.vae.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latentspace.model.LatentRange;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.library.OnsetIndex.OnsetBits;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Interpolation;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * A square of decoded places of the first two dimensions.
 *
 * @param side places along each edge
 * @param cells row by row from y = 0, x from 0 to 1
 * @param unique how many different sets of onsets there are
 */
public record LatentMap(int side, List<Cell> cells, int unique) {
  private static final int LEAST = 2;
  private static final int MOST = 64;

  /**
   * One place.
   *
   * @param density share of the tensor's cells that strike, 0..1
   * @param novelty Jaccard distance of the onsets to the library's nearest rhythm; 1 without one
   * @param nearest id of that rhythm, or ""
   * @param voice the one that strikes most, or ""
   * @param decodedRhythm the rhythm, or null where none was asked for
   */
  public record Cell(
      float x,
      float y,
      int strokes,
      float density,
      float novelty,
      String nearest,
      String voice,
      DecodedRhythm decodedRhythm) {}

  /**
   * What is to be drawn.
   *
   * @param side 2..64
   * @param others positions of the third dimension and those after it, 0..1; missing ones are in
   *     the middle
   */
  public record Frame(int side, float[] others, boolean withRhythms) {
    /**
     * Refuses what no map can have.
     *
     * @throws IllegalArgumentException with the value and its range
     */
    public Frame {
      if (side < LEAST || side > MOST) {
        throw new IllegalArgumentException("side is " + side + ", must be " + LEAST + ".." + MOST);
      }
      for (int d = 0; d < others.length; d++) {
        if (!(others[d] >= 0 && others[d] <= 1)) {
          throw new IllegalArgumentException(
              "position[" + d + "] is " + others[d] + ", must be 0..1");
        }
      }
    }
  }

  /**
   * Decodes the map.
   *
   * @throws IllegalArgumentException for positions of more dimensions than the model has
   * @throws LimitExceeded when the rhythms have more than {@value Interpolation#MOST_STROKES}
   *     strokes
   */
  public static LatentMap draw(Frame frame, CancellableCodec codec, OnsetIndex library) {
    float[] z = corner(frame, codec.model().latent());
    RhythmTensor tensor = codec.blank();
    List<Cell> cells = new ArrayList<>(frame.side() * frame.side());
    Set<BitSet> different = new HashSet<>();
    long strokes = 0;
    for (int row = 0; row < frame.side(); row++) {
      for (int column = 0; column < frame.side(); column++) {
        float x = column / (frame.side() - 1f);
        float y = row / (frame.side() - 1f);
        z[0] = codec.model().latent().latent(0, x);
        z[1] = codec.model().latent().latent(1, y);
        if (frame.withRhythms()) {
          codec.decode(z, tensor);
        } else {
          codec.decodeOnsets(z, tensor);
        }
        long[] struck = OnsetBits.struck(tensor, codec.thresholds());
        different.add(BitSet.valueOf(struck));
        DecodedRhythm decodedRhythm =
            frame.withRhythms()
                ? DecodedRhythm.apart(codec.strike(tensor), codec.position(z))
                : null;
        strokes += decodedRhythm == null ? 0 : decodedRhythm.rhythm().strokes();
        if (strokes > Interpolation.MOST_STROKES) {
          throw new LimitExceeded(
              "the rhythms have more than "
                  + Interpolation.MOST_STROKES
                  + " strokes: a smaller side?");
        }
        cells.add(cell(x, y, struck, codec.model().voices(), tensor, library, decodedRhythm));
      }
    }
    return new LatentMap(frame.side(), cells, different.size());
  }

  private static float[] corner(Frame frame, LatentRange range) {
    if (frame.others().length > range.size() - 2) {
      throw new IllegalArgumentException(
          "position has "
              + frame.others().length
              + " entries beyond the first two dimensions, must have at most "
              + (range.size() - 2));
    }
    float[] position = new float[range.size()];
    Arrays.fill(position, LatentRange.MIDDLE);
    System.arraycopy(frame.others(), 0, position, 2, frame.others().length);
    return range.latents(position);
  }

  private static Cell cell(
      float x,
      float y,
      long[] struck,
      List<String> voices,
      RhythmTensor tensor,
      OnsetIndex library,
      DecodedRhythm decodedRhythm) {
    int strokes = OnsetBits.count(struck);
    int nearest = library.nearest(struck);
    float novelty = nearest < 0 ? 1 : (float) library.distance(struck, nearest);
    String id = nearest < 0 ? "" : library.entries().get(nearest).id();
    float density = strokes / (float) tensor.cells();
    String voice = strokes == 0 ? "" : voices.get(busiest(struck, voices.size()));
    return new Cell(x, y, strokes, density, novelty, id, voice, decodedRhythm);
  }

  /** The voice with the most cells; of equals the first. */
  private static int busiest(long[] struck, int voices) {
    int[] strokes = new int[voices];
    BitSet.valueOf(struck).stream().forEach(cell -> strokes[cell % voices]++);
    int most = 0;
    for (int voice = 1; voice < voices; voice++) {
      most = strokes[voice] > strokes[most] ? voice : most;
    }
    return most;
  }
}
