package org.latentspace.training.model;

import java.util.ArrayList;
import java.util.List;
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

  private final RhythmModel model;
  private final float[][] places;
  private final List<Answer> answers;

  /** What a place is decoded to, ready to be compared. */
  private record Answer(float[] place, double silence, float[] surprise, Rhythm decoded) {}

  public LatentSearch(RhythmModel model) {
    this.model = model;
    if (model.latentSize() == 2) {
      places = grid();
      answers = answers(places);
    } else {
      places = new float[0][];
      answers = List.of();
    }
  }

  /** The best place of each rhythm, beginning from the encoder's means. */
  public float[][] settle(List<Rhythm> rhythms) {
    float[][] best =
        model.encode(rhythms).stream().map(RhythmModel.Place::mean).toArray(float[][]::new);
    if (answers.isEmpty()) {
      return best;
    }
    double[] error = new double[best.length];
    List<Answer> own = answers(best);
    for (int i = 0; i < best.length; i++) {
      int[] strokes = strokes(rhythms.get(i));
      error[i] = error(own.get(i), rhythms.get(i), strokes);
      for (Answer answer : answers) {
        double other = error(answer, rhythms.get(i), strokes);
        if (other < error[i]) {
          error[i] = other;
          best[i] = answer.place();
        }
      }
    }
    for (float step : STEPS) {
      descend(rhythms, best, error, step);
    }
    return best;
  }

  private void descend(List<Rhythm> rhythms, float[][] best, double[] error, float step) {
    float[][] around = new float[8 * best.length][];
    for (int i = 0; i < best.length; i++) {
      for (int side = 0; side < 8; side++) {
        double angle = side * Math.PI / 4;
        around[8 * i + side] =
            new float[] {
              best[i][0] + step * (float) Math.cos(angle),
              best[i][1] + step * (float) Math.sin(angle)
            };
      }
    }
    List<Answer> answers = answers(around);
    for (int i = 0; i < best.length; i++) {
      int[] strokes = strokes(rhythms.get(i));
      for (int side = 0; side < 8; side++) {
        double other = error(answers.get(8 * i + side), rhythms.get(i), strokes);
        if (other < error[i]) {
          error[i] = other;
          best[i] = around[8 * i + side];
        }
      }
    }
  }

  private static double error(Answer answer, Rhythm rhythm, int[] strokes) {
    double velocity = 0;
    double offset = 0;
    double error = answer.silence();
    for (int cell : strokes) {
      error += answer.surprise()[cell];
      double v = answer.decoded().velocity()[cell] - rhythm.velocity()[cell];
      double o = answer.decoded().offset()[cell] - rhythm.offset()[cell];
      velocity += v * v;
      offset += o * o;
    }
    double x = answer.place()[0];
    double y = answer.place()[1];
    return error
        + VELOCITY_WEIGHT * velocity
        + OFFSET_WEIGHT * offset
        + PULL * 0.5 * (x * x + y * y);
  }

  private static int[] strokes(Rhythm rhythm) {
    int[] cells = new int[rhythm.strokes()];
    int next = 0;
    for (int i = 0; i < rhythm.size(); i++) {
      if (rhythm.onset()[i] > 0) {
        cells[next++] = i;
      }
    }
    return cells;
  }

  private List<Answer> answers(float[][] at) {
    List<Rhythm> decoded = model.decode(at);
    List<Answer> found = new ArrayList<>(at.length);
    for (int i = 0; i < at.length; i++) {
      float[] onset = decoded.get(i).onset();
      float[] surprise = new float[onset.length];
      double silence = 0;
      for (int cell = 0; cell < onset.length; cell++) {
        double p = Math.min(1 - LEAST, Math.max(LEAST, onset[cell]));
        double quiet = -Math.log(1 - p);
        silence += quiet;
        surprise[cell] = (float) (-Math.log(p) - quiet);
      }
      found.add(new Answer(at[i], silence, surprise, decoded.get(i)));
    }
    return found;
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
}
