package org.latentspace.training.score;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

/**
 * How true a model is to rhythms that go in and come out again: every rhythm goes to its place
 * (LatentSearch), the place is decoded, and a cell strikes where its onset probability reaches the
 * threshold of its voice. Onsets are compared cell by cell. Velocity and offset are compared at the
 * true strokes, whether the model strikes there or not.
 *
 * <p>A stroke that had to leave its cell for a louder one lies in a neighbour's cell with an offset
 * of exactly ±1. The grid has moved it, so the timing of the strokes counts those in their own
 * cells; withMoved counts all.
 *
 * @param windows how many rhythms were asked
 * @param voices precision, recall and F1 of every voice, in the order of the model's
 * @param velocityMse mean squared error of the velocities at the strokes
 * @param constantVelocityMse the same for whoever always answers the strokes' mean velocity
 * @param timingMaeMs mean absolute error of the strokes' places, in milliseconds at the pieces'
 *     tempi
 * @param quantisedTimingMaeMs the same for whoever always answers the grid line
 * @param moved strokes that had to leave their cells
 */
public record Fidelity(
    int windows,
    Hits all,
    List<Hits> voices,
    double velocityMse,
    double constantVelocityMse,
    double timingMaeMs,
    double quantisedTimingMaeMs,
    int moved,
    Timing withMoved) {

  /** Timing errors in milliseconds: the model's, and that of the bare grid. */
  public record Timing(double maeMs, double quantisedMaeMs) {}

  /** Onsets found: precision, recall, F1, and how many onsets there were. */
  public record Hits(double precision, double recall, double f1, int onsets) {
    static Hits of(int hit, int struck, int wanted) {
      double precision = struck == 0 ? 0 : hit / (double) struck;
      double recall = wanted == 0 ? 0 : hit / (double) wanted;
      double f1 = struck + wanted == 0 ? 0 : 2.0 * hit / (struck + wanted);
      return new Hits(Figures.round(precision), Figures.round(recall), Figures.round(f1), wanted);
    }
  }

  /** Offsets from here on are those of strokes that were moved. */
  private static final double MOVED = 1 - 1e-6;

  static Fidelity of(RhythmModel model, Reconstructions answers) {
    Count count = new Count(model.voices().size());
    answers.each(model, (example, decoded) -> count.add(model, example, decoded));
    return count.fidelity(answers.examples().size());
  }

  /** Sums over the examples. */
  private static final class Count {
    private final int voices;
    private final int[] hit;
    private final int[] struck;
    private final int[] wanted;
    private double velocitySum;
    private double velocitySquares;
    private double velocityError;
    private double timingError;
    private double quantisedError;
    private int moved;
    private double movedError;
    private double movedQuantised;

    Count(int voices) {
      this.voices = voices;
      hit = new int[voices];
      struck = new int[voices];
      wanted = new int[voices];
    }

    void add(RhythmModel model, Example example, Rhythm decoded) {
      Rhythm rhythm = example.rhythm();
      boolean[] strikes = model.strikes(decoded);
      double halfStep = 0.5 * rhythm.grid().stepMillis(example.bpm());
      for (int i = 0; i < rhythm.size(); i++) {
        boolean onset = rhythm.onset()[i] > 0;
        int voice = i % voices;
        struck[voice] += strikes[i] ? 1 : 0;
        if (onset) {
          wanted[voice]++;
          hit[voice] += strikes[i] ? 1 : 0;
          double velocity = rhythm.velocity()[i];
          velocitySum += velocity;
          velocitySquares += velocity * velocity;
          double error = decoded.velocity()[i] - velocity;
          velocityError += error * error;
          timing(halfStep, decoded.offset()[i], rhythm.offset()[i]);
        }
      }
    }

    private void timing(double halfStep, double answer, double offset) {
      if (Math.abs(offset) >= MOVED) {
        moved++;
        movedError += halfStep * Math.abs(answer - offset);
        movedQuantised += halfStep * Math.abs(offset);
      } else {
        timingError += halfStep * Math.abs(answer - offset);
        quantisedError += halfStep * Math.abs(offset);
      }
    }

    Fidelity fidelity(int windows) {
      List<Hits> each = new ArrayList<>();
      int allHit = 0;
      int allStruck = 0;
      int allWanted = 0;
      for (int voice = 0; voice < voices; voice++) {
        each.add(Hits.of(hit[voice], struck[voice], wanted[voice]));
        allHit += hit[voice];
        allStruck += struck[voice];
        allWanted += wanted[voice];
      }
      double n = Math.max(1, allWanted);
      double own = Math.max(1, allWanted - moved);
      double mean = velocitySum / n;
      return new Fidelity(
          windows,
          Hits.of(allHit, allStruck, allWanted),
          each,
          Figures.round(velocityError / n),
          Figures.round(velocitySquares / n - mean * mean),
          Figures.round(timingError / own),
          Figures.round(quantisedError / own),
          moved,
          new Timing(
              Figures.round((timingError + movedError) / n),
              Figures.round((quantisedError + movedQuantised) / n)));
    }
  }
}
