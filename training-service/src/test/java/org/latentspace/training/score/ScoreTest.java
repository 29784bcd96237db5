package org.latentspace.training.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.training.model.LatentSearch;
import org.latentspace.training.model.ModelFileTest;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

class ScoreTest {
  private final RhythmModel model = ModelFileTest.model(11);

  @Test
  void countsHitsAsOneWouldByHand() {
    Fidelity.Hits hits = Fidelity.Hits.of(3, 4, 6);
    assertEquals(0.75, hits.precision());
    assertEquals(0.5, hits.recall());
    assertEquals(0.6, hits.f1());
    assertEquals(0, Fidelity.Hits.of(0, 0, 0).f1());
  }

  @Test
  void theConstantsErrorIsTheVarianceOfTheVelocities() {
    Rhythm rhythm = Rhythm.silent(model.grid(), 2);
    rhythm.onset()[0] = 1;
    rhythm.velocity()[0] = 0.2f;
    rhythm.onset()[4] = 1;
    rhythm.velocity()[4] = 0.6f;
    rhythm.offset()[4] = -0.5f;
    Fidelity fidelity = Fidelity.of(model, answers(List.of(new Example("a", 0, 125, rhythm))));
    assertEquals(0.04, fidelity.constantVelocityMse(), 1e-5);
    assertEquals(0.5 * 60 * 0.5, fidelity.quantisedTimingMaeMs(), 1e-4);
    assertEquals(2, fidelity.all().onsets());
  }

  @Test
  void choosesTheThresholdsWithTheBestF1ThatLeaveEveryVoiceItsOwn() {
    Reconstructions examples = answers(examples(30));
    Fidelity chosen = Fidelity.of(model.with(ThresholdChoice.choose(model, examples)), examples);
    double[] best = new double[3];
    for (float threshold = 0.1f; threshold < 0.751f; threshold += 0.01f) {
      Fidelity other = Fidelity.of(model.with(new float[] {threshold, threshold}), examples);
      best[0] = Math.max(best[0], other.voices().get(0).f1());
      best[1] = Math.max(best[1], other.voices().get(1).f1());
      best[2] = Math.max(best[2], other.all().f1());
    }
    assertTrue(chosen.all().f1() >= 0.95 * best[2], chosen + " against " + best[2]);
    assertTrue(chosen.voices().get(0).f1() >= 0.9 * best[0] - 1e-4, chosen.toString());
    assertTrue(chosen.voices().get(1).f1() >= 0.9 * best[1] - 1e-4, chosen.toString());
  }

  @Test
  void theMapKnowsSilenceAndNeighbours() {
    assertEquals(0.5, LatentMap.jaccard(new boolean[] {true, true}, new boolean[] {true, false}));
    assertEquals(0, LatentMap.jaccard(new boolean[2], new boolean[2]));
    LatentMap silent = LatentMap.of(model.with(new float[] {2, 2}), 5);
    assertEquals(25, silent.silent());
    assertEquals(1, silent.unique());
    LatentMap loud = LatentMap.of(model, 5);
    assertTrue(loud.unique() > 1 && loud.silent() < 25);
  }

  @Test
  void theCardIsJsonWithEveryFigure() {
    List<Example> examples = examples(10);
    RhythmModel ranged = model.with(answers(examples).range());
    String json =
        ScoreCard.of(
                ranged,
                ScoreCard.Material.of(
                    ranged, examples, List.of(), new ScoreCard.Strokes(9, 1, 0, 0)),
                new ScoreCard.Origin(3, "d", ""))
            .json();
    for (String key :
        List.of(
            "\"f1\"",
            "\"velocity_mse\"",
            "\"timing_mae_ms\"",
            "\"active_dimensions\"",
            "\"unique\"",
            "\"neighbour_p95\"",
            "\"wall_seconds\"")) {
      assertTrue(json.contains(key), key + " in " + json);
    }
  }

  @Test
  void theCardIsATableForPeopleAndReadAgainAsItWasWritten() {
    List<Example> examples = examples(10);
    RhythmModel ranged = model.with(answers(examples).range());
    ScoreCard card =
        ScoreCard.of(
            ranged,
            ScoreCard.Material.of(
                ranged, examples, examples(5), new ScoreCard.Strokes(90, 5, 5, 25)),
            new ScoreCard.Origin(3, "d1", "d2"));
    assertEquals(card, ScoreCard.read(card.json()));
    assertEquals(card.withWallSeconds(9), ScoreCard.read(card.withWallSeconds(9).pretty()));
    String table = card.table();
    for (String words :
        List.of("onset F1", "of a constant", "of the bare grid", "kick", "5.00 %", "20.00 %")) {
      assertTrue(table.contains(words), words + " in " + table);
    }
    assertEquals(0.05, card.collisionLoss());
    assertEquals(0.2, card.mapLoss());
  }

  @Test
  void aLineBetweenTwoPlacesThatNeverTurnsBackIsMonotone() {
    List<RhythmModel.Place> places = answers(examples(3)).encoded();
    ScoreCard.Interpolation steady =
        ScoreCard.Interpolation.of(model.with(new float[] {2, 2}), places, 1);
    assertEquals(1, steady.monotonicity());
    ScoreCard.Interpolation lively = ScoreCard.Interpolation.of(model, places, 1);
    assertTrue(lively.monotonicity() > 0.5 && lively.monotonicity() <= 1);
    assertEquals(lively, ScoreCard.Interpolation.of(model, places, 1));
  }

  @Test
  void movedStrokesAreNotTheTimingOfTheOthers() {
    Rhythm rhythm = Rhythm.silent(model.grid(), 2);
    rhythm.onset()[0] = 1;
    rhythm.offset()[0] = 0.5f;
    rhythm.onset()[2] = 1;
    rhythm.offset()[2] = -1;
    Fidelity fidelity = Fidelity.of(model, answers(List.of(new Example("a", 0, 125, rhythm))));
    assertEquals(1, fidelity.moved());
    assertEquals(0.5 * 120 * 0.5, fidelity.quantisedTimingMaeMs(), 1e-4);
    assertEquals(0.75 * 120 * 0.5, fidelity.withMoved().quantisedMaeMs(), 1e-4);
  }

  private Reconstructions answers(List<Example> examples) {
    return Reconstructions.of(new LatentSearch(model), model, examples);
  }

  private List<Example> examples(int count) {
    Random random = new Random(2);
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Rhythm rhythm = Rhythm.silent(model.grid(), 2);
      for (int i = 0; i < rhythm.size(); i++) {
        if (random.nextInt(3) == 0) {
          rhythm.onset()[i] = 1;
          rhythm.velocity()[i] = random.nextFloat();
        }
      }
      examples.add(new Example("song", n, 120, rhythm));
    }
    return examples;
  }
}
