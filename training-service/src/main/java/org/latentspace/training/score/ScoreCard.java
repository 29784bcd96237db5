package org.latentspace.training.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.GridWriter;

/**
 * What is stored with a model about how good it is.
 *
 * @param validation on the pieces held out; absent where none were
 * @param divergence mean KL divergence from the standard normal prior, in nats a rhythm
 * @param activeDimensions latent dimensions whose means vary by more than 0.01 over the data (Burda
 *     and others 2016)
 * @param survived share of the data's strokes that are on the grid, 0..1
 */
public record ScoreCard(
    Fidelity training,
    Fidelity validation,
    double divergence,
    int activeDimensions,
    GridWriter.Fate strokes,
    double survived,
    LatentMap map,
    double wallSeconds) {
  private static final int MAP_SIDE = 30;
  private static final double ACTIVE_VARIANCE = 0.01;
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Plays the examples through the model; `validation` may be empty. */
  public static ScoreCard of(
      RhythmModel model,
      List<Example> training,
      List<Example> validation,
      GridWriter.Fate fate,
      double wallSeconds) {
    double divergence = 0;
    int latent = model.latentSize();
    double[] sum = new double[latent];
    double[] squares = new double[latent];
    for (Example example : training) {
      RhythmModel.Place place = model.encode(example.rhythm());
      for (int i = 0; i < latent; i++) {
        double mean = place.mean()[i];
        double log = place.logVariance()[i];
        divergence += 0.5 * (Math.exp(log) + mean * mean - 1 - log);
        sum[i] += mean;
        squares[i] += mean * mean;
      }
    }
    int active = 0;
    double n = training.size();
    for (int i = 0; i < latent; i++) {
      active += squares[i] / n - sum[i] * sum[i] / n / n > ACTIVE_VARIANCE ? 1 : 0;
    }
    return new ScoreCard(
        Fidelity.of(model, training),
        validation.isEmpty() ? null : Fidelity.of(model, validation),
        Figures.round(divergence / n),
        active,
        fate,
        Figures.round(fate.survived()),
        LatentMap.of(model, MAP_SIDE),
        Figures.round(wallSeconds));
  }

  public String json() {
    return JSON.valueToTree(this).toString();
  }

  public String pretty() {
    return JSON.valueToTree(this).toPrettyString();
  }
}
