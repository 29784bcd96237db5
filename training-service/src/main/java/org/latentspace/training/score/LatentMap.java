package org.latentspace.training.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Rhythm;

/**
 * The playing surface, decoded on a square of side × side places (the first two dimensions).
 *
 * @param unique how many different sets of onsets there are
 * @param neighbourMean mean Jaccard distance of the onsets of places side by side, 0..1
 * @param neighbourP95 the same, exceeded by one pair in twenty
 * @param silent places without a stroke
 * @param fourVoices share of the places where at least four voices sound, 0..1
 * @param strokesLow strokes of the rhythm that one place in twenty stays below
 * @param strokesHigh strokes of the rhythm that one place in twenty exceeds
 * @param densityAlongX correlation of the strokes with the first dimension, -1..1
 * @param loudnessAlongY correlation of the mean velocity with the second dimension, -1..1
 */
public record LatentMap(
    int side,
    int unique,
    double neighbourMean,
    double neighbourP95,
    int silent,
    double fourVoices,
    double strokesLow,
    double strokesMean,
    double strokesHigh,
    double densityAlongX,
    double loudnessAlongY) {

  public static LatentMap of(RhythmModel model, int side) {
    boolean[][] places = new boolean[side * side][];
    double[] x = new double[places.length];
    double[] y = new double[places.length];
    double[] strokes = new double[places.length];
    double[] loudness = new double[places.length];
    int manyVoices = 0;
    int silent = 0;
    float[][] points = new float[places.length][];
    for (int i = 0; i < places.length; i++) {
      x[i] = (i % side) / (side - 1.0);
      y[i] = (i / side) / (side - 1.0);
      points[i] = model.place((float) x[i], (float) y[i]);
    }
    List<Rhythm> rhythms = model.decode(points);
    for (int i = 0; i < places.length; i++) {
      Rhythm decoded = rhythms.get(i);
      places[i] = model.strikes(decoded);
      strokes[i] = count(places[i]);
      loudness[i] = loudness(places[i], decoded);
      silent += strokes[i] == 0 ? 1 : 0;
      manyVoices += voices(places[i], model.voices().size()) >= 4 ? 1 : 0;
    }
    double[] distances = neighbours(places, side);
    return new LatentMap(
        side,
        unique(places),
        Figures.round(Figures.mean(distances)),
        Figures.round(Figures.percentile(distances, 0.95)),
        silent,
        Figures.round(manyVoices / (double) places.length),
        Figures.percentile(strokes, 0.05),
        Figures.round(Figures.mean(strokes)),
        Figures.percentile(strokes, 0.95),
        Figures.round(Figures.correlation(strokes, x)),
        Figures.round(Figures.correlation(loudness, y)));
  }

  private static double[] neighbours(boolean[][] places, int side) {
    double[] distances = new double[2 * side * (side - 1)];
    int n = 0;
    for (int i = 0; i < places.length; i++) {
      if (i % side + 1 < side) {
        distances[n++] = jaccard(places[i], places[i + 1]);
      }
      if (i + side < places.length) {
        distances[n++] = jaccard(places[i], places[i + side]);
      }
    }
    return distances;
  }

  /** Share of the strokes that two rhythms do not have in common, 0..1; 0 for two silences. */
  static double jaccard(boolean[] a, boolean[] b) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < a.length; i++) {
      both += a[i] && b[i] ? 1 : 0;
      any += a[i] || b[i] ? 1 : 0;
    }
    return any == 0 ? 0 : 1 - both / (double) any;
  }

  private static int unique(boolean[][] places) {
    return (int) Arrays.stream(places).map(Arrays::toString).distinct().count();
  }

  private static int count(boolean[] strikes) {
    return (int) IntStream.range(0, strikes.length).filter(i -> strikes[i]).count();
  }

  private static long voices(boolean[] strikes, int voices) {
    return IntStream.range(0, strikes.length)
        .filter(i -> strikes[i])
        .map(i -> i % voices)
        .distinct()
        .count();
  }

  private static double loudness(boolean[] strikes, Rhythm decoded) {
    double sum = 0;
    for (int i = 0; i < strikes.length; i++) {
      sum += strikes[i] ? decoded.velocity()[i] : 0;
    }
    return sum / Math.max(1, count(strikes));
  }
}
