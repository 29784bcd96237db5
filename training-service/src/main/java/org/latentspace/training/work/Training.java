package org.latentspace.training.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.model.LatentRange;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ThresholdChoice;
import org.latentspace.training.vae.Trainer;

/**
 * One training from an order to a model with its score card.
 *
 * <pre>
 * examples -> train -> range of the surface -> thresholds -> score card -> model
 * </pre>
 */
public final class Training {
  /** Of fewer examples than this, all are needed to learn from. */
  private static final int FEWEST_TO_SPLIT = 64;

  private static final float UNDECIDED = 0.5f;

  /**
   * A model and how good it is.
   *
   * @param epochs that were done; fewer than ordered after an early stop
   * @param best the epoch that the model is of
   */
  public record Trained(RhythmModel model, ScoreCard card, int epochs, int best) {}

  private final WorkOrder order;

  public Training(WorkOrder order) {
    this.order = order;
  }

  /** What is held back to judge by, as DataSet.split; but nothing of fewer than 64 examples. */
  public static DataSet.Split split(DataSet data, double share, long seed) {
    return data.examples().size() < FEWEST_TO_SPLIT
        ? new DataSet.Split(data.examples(), List.of())
        : data.split(share, seed);
  }

  /**
   * Trains; null where the listener stopped it.
   *
   * <p>Throws IllegalArgumentException where there is nothing to learn from or the version to
   * continue from does not fit, IllegalStateException where the losses diverge, IOException where
   * the checkpoint cannot be written.
   */
  public Trained train(Trainer.Materials materials, Path checkpoint, Trainer.Listener listener)
      throws IOException {
    check(materials);
    String judgedBy = digest(materials.validation());
    Trainer.Keeping keeping =
        new Trainer.Keeping(checkpoint, order.checkpointEpochs(), identity(materials, judgedBy));
    Trainer.Learned learned = Trainer.train(order.hyper(), materials, keeping, listener);
    if (learned.networks() == null) {
      return null;
    }
    RhythmModel model = model(learned);
    ScoreCard.Material material =
        ScoreCard.Material.of(model, materials.training(), materials.validation(), order.strokes());
    model = model.with(material.training().range());
    model = model.with(ThresholdChoice.choose(model, material.judges()));
    ScoreCard card =
        ScoreCard.of(
            model,
            material,
            new ScoreCard.Origin(order.hyper().seed(), order.dataDigest(), judgedBy));
    return new Trained(model.with(provenance(card)), card, learned.epochs(), learned.best());
  }

  /** SHA-256 of examples on the order's grid; empty without examples. */
  private String digest(List<Example> examples) {
    return examples.isEmpty()
        ? ""
        : new DataSet(order.grid(), order.voices(), examples, GridWriter.Fate.NONE).digest();
  }

  private void check(Trainer.Materials materials) {
    if (materials.training().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn from: no loops");
    }
    RhythmModel from = materials.from();
    if (from != null
        && !(from.grid().equals(order.grid()) && from.voices().equals(order.voices()))) {
      throw new IllegalArgumentException(
          "version "
              + from.version()
              + " cannot be continued: its grid or voices are others: "
              + from.grid()
              + " "
              + from.voices());
    }
  }

  private String identity(Trainer.Materials materials, String judgedBy) {
    RhythmModel from = materials.from();
    return String.join(
        "\n",
        order.hyper().json(),
        digest(materials.training()),
        judgedBy,
        from == null
            ? ""
            : from.version() + Arrays.hashCode(from.networks().decoder().trunk().get(0).weights()));
  }

  private RhythmModel model(Trainer.Learned learned) {
    float[] thresholds = new float[order.voices().size()];
    Arrays.fill(thresholds, UNDECIDED);
    return new RhythmModel(
        order.label().version(),
        order.grid(),
        order.voices(),
        new LatentRange(new float[0], new float[0]),
        thresholds,
        learned.networks(),
        Map.of());
  }

  private Map<String, String> provenance(ScoreCard card) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("seed", Long.toString(order.hyper().seed()));
    provenance.put("data_digest", order.dataDigest());
    provenance.put("hyper_parameters", order.hyper().json());
    provenance.put("score_card", card.json());
    provenance.put("licence", order.label().licence());
    provenance.put("attribution", order.label().attribution());
    provenance.put("generator", "Latent Space Explorer, training-service, Deeplearning4j");
    if (!order.label().note().isEmpty()) {
      provenance.put("note", order.label().note());
    }
    return provenance;
  }
}
