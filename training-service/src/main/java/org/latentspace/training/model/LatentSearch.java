package org.latentspace.training.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.latentspace.model.DenseStack;
import org.latentspace.training.rhythm.Rhythm;

/**
 * Finds the place on a plane (latent size 2) that explains a rhythm best: of the encoder's mean and
 * the places of an even grid the one with the least error, then downhill in two finer steps.
 *
 * <p>An encoder answers all rhythms with one function and misses the best place of each by what is
 * called the amortisation gap (Cremer, Li and Duvenaud 2018); closing it for each rhythm by itself
 * is semi-amortised inference (Kim and others 2018). The error is what the training minimises:
 * cross-entropy of the onsets, weighted squared errors of velocity and offset at the strokes, and a
 * weak pull to the middle. In more than two dimensions the encoder's mean stays.
 */
public final class LatentSearch {
  private static final int SIDE = 32;
  private static final float EDGE = 3;
  // The grid's places lie 0.19 apart.
  private static final float[] STEPS = {0.08f, 0.03f};
  private static final double VELOCITY_WEIGHT = 8;
  private static final double OFFSET_WEIGHT = 8;
  private static final double PULL = 0.15;
  private static final double LEAST = 1e-6;

  private static final int TOGETHER = 16;
  private static final int SIDES = 8;

  private final RhythmModel model;
  private final Answers grid;

  public LatentSearch(RhythmModel model) {
    this.model = model;
    grid = model.latentSize() == 2 ? new Answers(grid()).whole() : null;
  }

  /** The best place of each rhythm, beginning from the encoder's means. */
  public float[][] settle(List<Rhythm> rhythms, List<RhythmModel.Place> encoded) {
    float[][] best = encoded.stream().map(RhythmModel.Place::mean).toArray(float[][]::new);
    for (int from = 0; grid != null && from < best.length; from += TOGETHER) {
      int to = Math.min(best.length, from + TOGETHER);
      List<Strokes> strokes = rhythms.subList(from, to).stream().map(Strokes::of).toList();
      System.arraycopy(
          settle(strokes, Arrays.copyOfRange(best, from, to)), 0, best, from, to - from);
    }
    return best;
  }

  private float[][] settle(List<Strokes> rhythms, float[][] best) {
    double[] error = new double[best.length];
    Answers own = new Answers(best).whole();
    for (int i = 0; i < best.length; i++) {
      error[i] = own.error(i, rhythms.get(i), Double.POSITIVE_INFINITY);
      for (int place = 0; place < grid.at.length; place++) {
        double other = grid.error(place, rhythms.get(i), error[i]);
        if (other < error[i]) {
          error[i] = other;
          best[i] = grid.at[place];
        }
      }
    }
    for (float step : STEPS) {
      descend(rhythms, best, error, step);
    }
    return best;
  }

  private void descend(List<Strokes> rhythms, float[][] best, double[] error, float step) {
    float[][] around = new float[SIDES * best.length][];
    for (int i = 0; i < around.length; i++) {
      double angle = i % SIDES * Math.PI / 4;
      float[] from = best[i / SIDES];
      around[i] =
          new float[] {
            from[0] + step * (float) Math.cos(angle), from[1] + step * (float) Math.sin(angle)
          };
    }
    Answers answers = new Answers(around);
    answers.complete(i -> answers.leastError(i, rhythms.get(i / SIDES)) < error[i / SIDES]);
    for (int i = 0; i < around.length; i++) {
      double other = answers.error(i, rhythms.get(i / SIDES), error[i / SIDES]);
      if (other < error[i / SIDES]) {
        error[i / SIDES] = other;
        best[i / SIDES] = around[i];
      }
    }
  }

  private static float[][] grid() {
    float[][] grid = new float[SIDE * SIDE][];
    for (int i = 0; i < grid.length; i++) {
      float x = -EDGE + 2 * EDGE * (i % SIDE) / (SIDE - 1);
      float y = -EDGE + 2 * EDGE * (i / SIDE) / (SIDE - 1);
      grid[i] = new float[] {x, y};
    }
    return grid;
  }

  /** A rhythm and the cells that it strikes. */
  private record Strokes(Rhythm rhythm, int[] cells) {
    static Strokes of(Rhythm rhythm) {
      return new Strokes(
          rhythm, IntStream.range(0, rhythm.size()).filter(i -> rhythm.onset()[i] > 0).toArray());
    }
  }

  /** What places are decoded to, ready to be compared: onsets at once, the rest where asked for. */
  private final class Answers {
    private final float[][] at;
    private final float[][] trunk;
    private final double[] silence;
    private final float[][] surprise;
    private final float[][] velocity;
    private final float[][] offset;

    Answers(float[][] at) {
      this.at = at.clone();
      trunk = DenseStack.run(model.networks().decoder().trunk(), at);
      surprise = DenseStack.run(model.networks().decoder().onset(), trunk);
      silence = new double[at.length];
      velocity = new float[at.length][];
      offset = new float[at.length][];
      for (int i = 0; i < at.length; i++) {
        silence[i] = toSurprise(surprise[i]);
      }
    }

    /**
     * From probabilities of onsets to what a stroke adds to the error of silence, which it gives.
     */
    private static double toSurprise(float[] onset) {
      double silence = 0;
      for (int cell = 0; cell < onset.length; cell++) {
        double p = Math.min(1 - LEAST, Math.max(LEAST, onset[cell]));
        double quiet = -Math.log(1 - p);
        silence += quiet;
        onset[cell] = (float) (-Math.log(p) - quiet);
      }
      return silence;
    }

    Answers whole() {
      complete(i -> true);
      return this;
    }

    /** Decodes velocities and offsets of the places that a predicate takes. */
    void complete(IntPredicate needed) {
      int[] which = IntStream.range(0, at.length).filter(needed).toArray();
      float[][] from = Arrays.stream(which).mapToObj(i -> trunk[i]).toArray(float[][]::new);
      float[][] velocities = DenseStack.run(model.networks().decoder().velocity(), from);
      float[][] offsets = DenseStack.run(model.networks().decoder().offset(), from);
      for (int n = 0; n < which.length; n++) {
        velocity[which[n]] = velocities[n];
        offset[which[n]] = offsets[n];
      }
    }

    /** The error is not below this, whatever velocities and offsets are. */
    double leastError(int i, Strokes strokes) {
      return onsets(i, strokes) + pull(i);
    }

    /** The error of a place for a rhythm; infinite where it is surely not below a bound. */
    double error(int i, Strokes strokes, double bound) {
      double onsets = onsets(i, strokes);
      if (onsets + pull(i) >= bound) {
        return Double.POSITIVE_INFINITY;
      }
      double velocities = squares(velocity[i], strokes.rhythm().velocity(), strokes.cells());
      double offsets = squares(offset[i], strokes.rhythm().offset(), strokes.cells());
      return onsets + VELOCITY_WEIGHT * velocities + OFFSET_WEIGHT * offsets + pull(i);
    }

    private double onsets(int i, Strokes strokes) {
      double error = silence[i];
      for (int cell : strokes.cells()) {
        error += surprise[i][cell];
      }
      return error;
    }

    private double pull(int i) {
      double x = at[i][0];
      double y = at[i][1];
      return PULL * 0.5 * (x * x + y * y);
    }

    private static double squares(float[] answer, float[] wanted, int[] cells) {
      double sum = 0;
      for (int cell : cells) {
        double error = answer[cell] - wanted[cell];
        sum += error * error;
      }
      return sum;
    }
  }
}
