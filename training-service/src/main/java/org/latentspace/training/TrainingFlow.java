package org.latentspace.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.score.LatentSurface;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ThresholdChoice;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.vae.Trainer;

/**
 * Rhythms become a model. Read this first.
 *
 * <pre>
 * pieces -> windows on a grid -> split by piece -> train -> range, thresholds -> score card -> model
 * </pre>
 */
public final class TrainingFlow {
  private static final float UNDECIDED = 0.5f;

  /** A model and how good it is. */
  public record Trained(RhythmModel model, ScoreCard card) {}

  /** What is written into the model besides the layers. */
  public record Label(String version, String licence, String attribution) {}

  /**
   * Trains on a data set. Throws IllegalArgumentException where there is nothing to learn from,
   * IllegalStateException where the losses diverge.
   */
  public Trained train(
      DataSet data, HyperParameters hyper, Label label, Trainer.Listener listener) {
    final long start = System.nanoTime();
    DataSet.Split split = data.split(hyper.validation(), hyper.seed());
    Trainer.Learned learned = new Trainer(hyper).train(split.training(), listener);
    float[] thresholds = new float[data.voices().size()];
    java.util.Arrays.fill(thresholds, UNDECIDED);
    RhythmModel.LatentRange unknown = new RhythmModel.LatentRange(new float[0], new float[0]);
    RhythmModel model =
        new RhythmModel(
            label.version(),
            data.grid(),
            data.voices(),
            unknown,
            thresholds,
            learned.encoder(),
            learned.decoder(),
            Map.of());
    model = model.with(LatentSurface.of(model, split.training()));
    List<Example> judges = split.validation().isEmpty() ? split.training() : split.validation();
    model = model.with(ThresholdChoice.choose(model, judges));
    double seconds = (System.nanoTime() - start) / 1e9;
    ScoreCard card =
        ScoreCard.of(model, split.training(), split.validation(), data.strokes(), seconds);
    return new Trained(model.with(provenance(data, hyper, label, card)), card);
  }

  private static Map<String, String> provenance(
      DataSet data, HyperParameters hyper, Label label, ScoreCard card) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("seed", Long.toString(hyper.seed()));
    provenance.put("data_digest", data.digest());
    provenance.put("hyper_parameters", new ObjectMapper().valueToTree(hyper).toString());
    provenance.put("score_card", card.json());
    provenance.put("licence", label.licence());
    provenance.put("attribution", label.attribution());
    provenance.put("generator", "Latent Space Explorer, training-service, Deeplearning4j");
    return provenance;
  }
}
