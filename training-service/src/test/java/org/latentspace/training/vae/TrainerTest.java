package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.rhythm.Rhythm;
import org.latentspace.training.vae.HyperParameters.Layers;
import org.latentspace.training.vae.HyperParameters.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainerTest {
  private static final Grid GRID = new Grid(1, 4, 4, 4);
  private static final Layers TINY = new Layers(8, 8, 2, 12, 8);

  @Test
  void theLossFallsAndTheSameSeedGivesTheSameWeightsBitForBit() {
    List<Example> examples = examples(40);
    List<Double> losses = new ArrayList<>();
    Trainer.Learned first = new Trainer(hyper(30)).train(examples, p -> losses.add(p.total()));
    Trainer.Learned second = new Trainer(hyper(30)).train(examples, p -> true);
    assertEquals(30, losses.size());
    assertTrue(losses.get(29) < 0.8 * losses.get(0), losses.get(0) + " to " + losses.get(29));
    assertArrayEquals(
        first.decoder().onset().get(1).weight(), second.decoder().onset().get(1).weight());
    assertArrayEquals(first.encoder().mean().weight(), second.encoder().mean().weight());
    assertArrayEquals(
        first.decoder().trunk().get(0).bias(), second.decoder().trunk().get(0).bias());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 63})
  void fewClipsGiveNumbersNotNaN(int clips) {
    Trainer.Learned learned = new Trainer(hyper(3)).train(examples(clips), p -> true);
    RhythmModel model = model(learned);
    Rhythm decoded = model.decode(model.encode(examples(1).get(0).rhythm()).mean());
    for (int i = 0; i < decoded.size(); i++) {
      assertTrue(Float.isFinite(decoded.onset()[i] + decoded.velocity()[i]));
      assertTrue(Float.isFinite(decoded.offset()[i]));
    }
  }

  @Test
  void theFoldedLayersAnswerAsTheGraphDoes() {
    List<Example> examples = examples(16);
    int cells = examples.get(0).rhythm().size();
    HyperParameters hyper = hyper(1);
    ComputationGraph graph =
        RhythmNetwork.build(hyper, cells, new RhythmLoss(cells, 2, hyper.weights()));
    Batches batches = new Batches(examples, hyper);
    for (int i = 0; i < 20; i++) {
      graph.fit(batches.batch(0, new Random(i)));
    }
    Export export = new Export(graph);
    RhythmModel model = model(new Trainer.Learned(export.encoder(), export.decoder(), null));
    INDArray[] inputs = batches.batch(0, new Random(1)).getFeatures();
    inputs[3].muli(0);
    float[] row = graph.output(false, inputs)[0].getRow(0).dup('c').data().asFloat();
    RhythmModel.Place place = model.encode(examples.get(0).rhythm());
    assertEquals(row[3 * cells], place.mean()[0], 1e-4);
    assertEquals(row[3 * cells + 3], place.logVariance()[1], 1e-4);
    Rhythm decoded = model.decode(place.mean());
    for (int i = 0; i < cells; i++) {
      assertEquals(1 / (1 + Math.exp(-row[i])), decoded.onset()[i], 1e-4);
      assertEquals(Math.tanh(row[2 * cells + i]), decoded.offset()[i], 1e-4);
    }
  }

  @Test
  void stopsWhenToldToAndRefusesToLearnFromNothing() {
    List<Integer> heard = new ArrayList<>();
    new Trainer(hyper(50)).train(examples(4), p -> heard.add(p.epoch()) && p.epoch() < 2);
    assertEquals(List.of(1, 2), heard);
    assertThrows(
        IllegalArgumentException.class, () -> new Trainer(hyper(1)).train(List.of(), p -> true));
  }

  private static HyperParameters hyper(int epochs) {
    return new HyperParameters(TINY, epochs, 16, 1e-2, new Weights(4, 2, 0.5), 0.5, 0, 0, 3);
  }

  private static RhythmModel model(Trainer.Learned learned) {
    return new RhythmModel(
        "t",
        GRID,
        List.of("kick", "snare"),
        null,
        new float[2],
        learned.encoder(),
        learned.decoder(),
        java.util.Map.of());
  }

  private static List<Example> examples(int count) {
    List<Example> examples = new ArrayList<>();
    Random random = new Random(9);
    for (int n = 0; n < count; n++) {
      Rhythm rhythm = Rhythm.silent(GRID, 2);
      for (int i = n % 4; i < rhythm.size(); i += 2 + n % 3) {
        rhythm.onset()[i] = 1;
        rhythm.velocity()[i] = 0.2f + 0.7f * random.nextFloat();
        rhythm.offset()[i] = random.nextFloat() - 0.5f;
      }
      examples.add(new Example("song" + n, 0, 120, rhythm));
    }
    return examples;
  }
}
