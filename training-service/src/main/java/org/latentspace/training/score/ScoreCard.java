package org.latentspace.training.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.latentspace.training.model.LatentSearch;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;

/**
 * How good a model is, as it is stored with it.
 *
 * @param voices names, in the order of the figures a voice
 * @param thresholds onset thresholds of the voices
 * @param training on what it learned from: all of it, or an even sample of 2048 examples
 * @param validation on the pieces held out; null where none were
 * @param divergence mean KL divergence from the standard normal prior, in nats a rhythm
 * @param activeDimensions latent dimensions whose means vary by more than 0.01 over the data (Burda
 *     and others 2016)
 * @param strokes of the data set: what grid and kit make of them
 * @param wallSeconds how long the training took; 0 within a model file, so that the same training
 *     gives the same bytes
 */
public record ScoreCard(
    List<String> voices,
    List<Float> thresholds,
    Fidelity training,
    Fidelity validation,
    double divergence,
    int activeDimensions,
    Strokes strokes,
    double collisionLoss,
    double mapLoss,
    LatentMap map,
    Interpolation interpolation,
    Origin origin,
    double wallSeconds) {
  private static final int MAP_SIDE = 30;
  private static final int LARGEST_SAMPLE = 2048;
  private static final double ACTIVE_VARIANCE = 0.01;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Where the figures come from.
   *
   * @param dataDigest SHA-256 of the data set that the model is made from
   * @param validationDigest SHA-256 of the examples held out; empty where none were
   */
  public record Origin(long seed, String dataDigest, String validationDigest) {}

  /** What a model is scored on; validation is null where nothing was held out. */
  public record Material(Reconstructions training, Reconstructions validation, Strokes strokes) {

    /** Of so many training examples as a sample has; validation may be empty. */
    public static Material of(
        RhythmModel model, List<Example> training, List<Example> validation, Strokes strokes) {
      LatentSearch search = new LatentSearch(model);
      Reconstructions sample = Reconstructions.of(search, model, sample(training));
      Reconstructions heldOut = null;
      if (!validation.isEmpty()) {
        boolean same = validation == sample.examples();
        heldOut = same ? sample : Reconstructions.of(search, model, validation);
      }
      return new Material(sample, heldOut, strokes);
    }

    /** What thresholds are chosen on. */
    public Reconstructions judges() {
      return validation == null ? training : validation;
    }
  }

  /** Plays the examples through the model. */
  public static ScoreCard of(RhythmModel model, Material material, Origin origin) {
    Reconstructions sample = material.training();
    Spread spread = Spread.of(sample.encoded());
    Strokes strokes = material.strokes();
    List<Float> thresholds = new ArrayList<>();
    for (float each : model.thresholds()) {
      thresholds.add(each);
    }
    return new ScoreCard(
        model.voices(),
        thresholds,
        Fidelity.of(model, sample),
        material.validation() == null ? null : Fidelity.of(model, material.validation()),
        spread.divergence(),
        spread.activeDimensions(),
        strokes,
        Figures.round(strokes.collisionLoss()),
        Figures.round(strokes.mapLoss()),
        LatentMap.of(model, MAP_SIDE),
        Interpolation.of(model, sample.encoded(), origin.seed()),
        origin,
        0);
  }

  /** At most 2048 examples, evenly from the first to the last. */
  private static List<Example> sample(List<Example> examples) {
    if (examples.size() <= LARGEST_SAMPLE) {
      return examples;
    }
    List<Example> sample = new ArrayList<>(LARGEST_SAMPLE);
    for (long i = 0; i < LARGEST_SAMPLE; i++) {
      sample.add(examples.get((int) (i * examples.size() / LARGEST_SAMPLE)));
    }
    return sample;
  }

  public ScoreCard withWallSeconds(double seconds) {
    return new ScoreCard(
        voices,
        thresholds,
        training,
        validation,
        divergence,
        activeDimensions,
        strokes,
        collisionLoss,
        mapLoss,
        map,
        interpolation,
        origin,
        Figures.round(seconds));
  }

  public String json() {
    return JSON.valueToTree(this).toString();
  }

  public String pretty() {
    return JSON.valueToTree(this).toPrettyString();
  }

  /** For people: a line a figure, then a line a voice. */
  public String table() {
    return ScoreTable.of(this, "learned from");
  }

  /** The same of a model that was measured on other data than it learned from: one column. */
  public String tableOfEvaluation() {
    return ScoreTable.of(this, "these data");
  }

  /**
   * Reads what json() wrote, and older cards with fewer figures; throws IllegalArgumentException
   * for text that is no card.
   */
  public static ScoreCard read(String json) {
    try {
      return JSON.readValue(json, ScoreCard.class);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(
          "not a score card: " + broken.getOriginalMessage(), broken);
    }
  }

  /** How the examples lie in the latent space. */
  private record Spread(double divergence, int activeDimensions) {

    static Spread of(List<RhythmModel.Place> places) {
      double divergence = 0;
      int latent = places.get(0).mean().length;
      double[] sum = new double[latent];
      double[] squares = new double[latent];
      for (RhythmModel.Place place : places) {
        for (int i = 0; i < latent; i++) {
          double mean = place.mean()[i];
          double log = place.logVariance()[i];
          divergence += 0.5 * (Math.exp(log) + mean * mean - 1 - log);
          sum[i] += mean;
          squares[i] += mean * mean;
        }
      }
      int active = 0;
      double n = places.size();
      for (int i = 0; i < latent; i++) {
        active += squares[i] / n - sum[i] * sum[i] / n / n > ACTIVE_VARIANCE ? 1 : 0;
      }
      return new Spread(Figures.round(divergence / n), active);
    }
  }

  /**
   * How steadily a rhythm turns into another along straight lines through the latent space.
   *
   * @param lines how many lines between the places of two random examples were walked
   * @param monotonicity share of the steps, 0..1, after which the Jaccard distance of the onsets to
   *     the line's start is not smaller than before; 1: nothing ever goes back
   */
  public record Interpolation(int lines, double monotonicity) {
    private static final int LINES = 200;
    private static final int STEPS = 16;

    /** The same places and seed give the same lines. */
    public static Interpolation of(RhythmModel model, List<RhythmModel.Place> places, long seed) {
      Random random = new Random(seed);
      long steady = 0;
      for (int line = 0; line < LINES; line++) {
        float[] start = places.get(random.nextInt(places.size())).mean();
        float[] end = places.get(random.nextInt(places.size())).mean();
        float[][] path = new float[STEPS + 1][start.length];
        for (int step = 0; step <= STEPS; step++) {
          for (int i = 0; i < start.length; i++) {
            path[step][i] = start[i] + step / (float) STEPS * (end[i] - start[i]);
          }
        }
        boolean[][] strikes = model.strikes(path);
        double before = 0;
        for (int step = 1; step <= STEPS; step++) {
          double distance = LatentMap.jaccard(strikes[0], strikes[step]);
          steady += distance >= before ? 1 : 0;
          before = distance;
        }
      }
      return new Interpolation(LINES, Figures.round(steady / (double) (LINES * STEPS)));
    }
  }

  /**
   * What became of a data set's strokes: in their own cell, in a neighbour's, lost to a louder one
   * (collision loss), or with a key that the kit does not have (map loss).
   */
  public record Strokes(long kept, long moved, long lost, long unmapped) {
    public static final Strokes NONE = new Strokes(0, 0, 0, 0);

    /** Share that is lost to louder strokes in the same cell, 0..1. */
    public double collisionLoss() {
      return lost / (double) Math.max(1, kept + moved + lost);
    }

    /** Share that the kit does not have, 0..1. */
    public double mapLoss() {
      return unmapped / (double) Math.max(1, kept + moved + lost + unmapped);
    }
  }
}
