package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.training.vae.HyperParameter.LEARNING_RATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;
import org.latentspace.training.vae.HyperParameters.Layers;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainerTest {
  private static final Grid GRID = new Grid(1, 4, 4, 4);
  private static final Layers TINY = new Layers(8, 8, 2, 12, 8);
  @TempDir Path folder;

  @Test
  void theLossFallsAndTheSameSeedGivesTheSameWeightsBitForBit() throws IOException {
    List<Example> examples = examples(40);
    Heard heard = new Heard(Integer.MAX_VALUE);
    Trainer.Learned first = train(hyper(30), examples, heard);
    Trainer.Learned second = train(hyper(30), examples, new Heard(Integer.MAX_VALUE));
    assertEquals(30, heard.all.size());
    double start = heard.all.get(0).training().total();
    assertTrue(heard.all.get(29).training().total() < 0.8 * start, "from " + start);
    assertSameWeights(first, second);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameWeightsBitForBit() throws Exception {
    HyperParameters wide = hyper(3).with(new Layers(300, 300, 2, 300, 300));
    List<Example> examples = examples(40);
    List<Trainer.Learned> learned = new ArrayList<>();
    Heard heard = new Heard(Integer.MAX_VALUE);
    for (int threads : new int[] {1, 2, 5}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      learned.add(pool.submit(() -> train(wide, examples, heard)).get());
      pool.shutdownNow();
      assertSameWeights(learned.get(0), learned.get(learned.size() - 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 63, 64, 448})
  void anyNumberOfClipsGivesNumbersNotNaN(int clips) throws IOException {
    Trainer.Learned learned = train(hyper(3), examples(clips), new Heard(Integer.MAX_VALUE));
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
    FastAdam adam = new FastAdam(1e-2, 20, 1, graph.numParams());
    Batches batches = new Batches(examples, hyper);
    for (int i = 0; i < 20; i++) {
      RhythmNetwork.learn(graph, adam, batches.batch(i, 0));
    }
    RhythmModel model = model(new Trainer.Learned(1, 1, new NetworkLayers(graph).networks(), null));
    INDArray[] inputs = Validation.inputs(examples, 2);
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
  void stopsBetweenTwoBatchesAndGoesOnToTheSameBytes() throws IOException {
    List<Example> examples = examples(60);
    HyperParameters hyper =
        hyper(8).with(HyperParameter.AUGMENT, 1).with(HyperParameter.PATIENCE, 5);
    Trainer.Materials materials = new Trainer.Materials(examples, examples(20), null);
    Trainer.Keeping keeping = new Trainer.Keeping(folder.resolve("c"), 3, "job");
    Trainer.Learned whole =
        Trainer.train(hyper, materials, Trainer.Keeping.NOTHING, new Heard(1000));
    for (int batches : new int[] {6, 5, 11}) {
      assertNull(Trainer.train(hyper, materials, keeping, new Heard(batches)).networks());
    }
    Heard last = new Heard(1000);
    Trainer.Learned resumed = Trainer.train(hyper, materials, keeping, last);
    assertTrue(last.remarks.get(0).contains("epoch 6, batch 2"), last.remarks.toString());
    assertEquals(whole.best(), resumed.best());
    assertEquals(whole.losses(), resumed.losses());
    assertSameWeights(whole, resumed);
  }

  @Test
  void aDamagedOrForeignCheckpointIsReportedAndTheTrainingBeginsAnew() throws IOException {
    List<Example> examples = examples(20);
    Trainer.Materials materials = new Trainer.Materials(examples, List.of(), null);
    Path file = folder.resolve("checkpoint");
    Trainer.Keeping keeping = new Trainer.Keeping(file, 1, "job");
    Trainer.train(hyper(5), materials, keeping, new Heard(3));
    byte[] good = Files.readAllBytes(file);
    for (int at : new int[] {0, 5, 40, good.length / 2, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      assertBeginsAnew(bad, file, keeping, materials);
    }
    assertBeginsAnew(java.util.Arrays.copyOf(good, good.length / 3), file, keeping, materials);
    assertBeginsAnew(new byte[0], file, keeping, materials);
    assertBeginsAnew(good, file, new Trainer.Keeping(file, 1, "another"), materials);
  }

  private static void assertBeginsAnew(
      byte[] bytes, Path file, Trainer.Keeping keeping, Trainer.Materials materials)
      throws IOException {
    Files.write(file, bytes);
    Heard heard = new Heard(3);
    Trainer.train(hyper(5), materials, keeping, heard);
    assertTrue(heard.remarks.get(0).contains("begins anew"), heard.remarks.toString());
    assertEquals(1, heard.all.get(0).epoch());
  }

  @Test
  void endsEarlyWithTheBestWeightsWhenTheValidationLossNoLongerFalls() throws IOException {
    List<Example> examples = examples(12);
    List<Example> others = new ArrayList<>(examples(40).subList(28, 40));
    Trainer.Materials materials = new Trainer.Materials(examples, others, null);
    Heard heard = new Heard(Integer.MAX_VALUE);
    HyperParameters hyper = hyper(120).with(HyperParameter.PATIENCE, 10);
    Trainer.Learned learned = Trainer.train(hyper, materials, Trainer.Keeping.NOTHING, heard);
    assertTrue(learned.epochs() < 120, learned.epochs() + " epochs");
    assertEquals(learned.epochs() - 10, learned.best());
    double best = heard.all.stream().mapToDouble(p -> p.validation().total()).min().getAsDouble();
    assertEquals(best, heard.all.get(learned.best() - 1).validation().total());
    HyperParameters shorter = hyper(120).with(HyperParameter.PATIENCE, 1000);
    assertEquals(120, train(shorter, examples, new Heard(Integer.MAX_VALUE)).epochs());
  }

  @Test
  void continuesFromAModelWhereItStood() throws IOException {
    List<Example> examples = examples(30);
    RhythmModel model = model(train(hyper(20), examples, new Heard(Integer.MAX_VALUE)));
    HyperParameters hyper = hyper(1);
    int cells = examples.get(0).rhythm().size();
    ComputationGraph graph =
        RhythmNetwork.build(hyper, cells, new RhythmLoss(cells, 2, hyper.weights()));
    new NetworkLayers(graph).load(model.networks(), examples);
    RhythmModel again = model(new Trainer.Learned(0, 0, new NetworkLayers(graph).networks(), null));
    for (Example each : examples) {
      RhythmModel.Place place = model.encode(each.rhythm());
      assertArrayEquals(place.mean(), again.encode(each.rhythm()).mean(), 1e-4f);
      Rhythm wanted = model.decode(place.mean());
      Rhythm decoded = again.decode(place.mean());
      assertArrayEquals(wanted.onset(), decoded.onset(), 1e-4f);
      assertArrayEquals(wanted.velocity(), decoded.velocity(), 1e-4f);
      assertArrayEquals(wanted.offset(), decoded.offset(), 1e-4f);
    }
    Heard fresh = new Heard(Integer.MAX_VALUE);
    HyperParameters careful = hyper(1).with(LEARNING_RATE, 1e-4);
    train(careful, examples, fresh);
    Heard continued = new Heard(Integer.MAX_VALUE);
    Trainer.Materials further = new Trainer.Materials(examples, List.of(), model);
    Trainer.train(careful, further, Trainer.Keeping.NOTHING, continued);
    assertTrue(
        continued.all.get(0).training().total() < 0.9 * fresh.all.get(0).training().total(),
        () -> continued.all + " but afresh " + fresh.all);
    HyperParameters wider = hyper(1).with(HyperParameter.DECODER_TRUNK, 13);
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.train(wider, further, Trainer.Keeping.NOTHING, new Heard(9)));
  }

  @Test
  void refusesToLearnFromNothingAndSaysWhenItDiverges() {
    assertThrows(IllegalArgumentException.class, () -> train(hyper(1), List.of(), new Heard(9)));
    HyperParameters wild =
        hyper(20).with(LEARNING_RATE, 1).with(HyperParameter.VELOCITY_WEIGHT, 1000);
    try {
      train(wild, examples(30), new Heard(Integer.MAX_VALUE));
    } catch (IllegalStateException diverged) {
      assertTrue(diverged.getMessage().contains("diverge"), diverged.getMessage());
    } catch (IOException never) {
      throw new AssertionError(never);
    }
  }

  private static Trainer.Learned train(
      HyperParameters hyper, List<Example> examples, Trainer.Listener listener) throws IOException {
    return Trainer.train(
        hyper, new Trainer.Materials(examples, List.of(), null), Trainer.Keeping.NOTHING, listener);
  }

  private static void assertSameWeights(Trainer.Learned first, Trainer.Learned second) {
    Map<String, DenseLayer> a = first.networks().layers();
    Map<String, DenseLayer> b = second.networks().layers();
    a.forEach(
        (name, layer) -> {
          assertArrayEquals(layer.weights(), b.get(name).weights(), name);
          assertArrayEquals(layer.bias(), b.get(name).bias(), name);
        });
  }

  private static HyperParameters hyper(int epochs) {
    return HyperParameters.preset("rhythm-vae")
        .with(TINY)
        .with(HyperParameter.EPOCHS, epochs)
        .with(HyperParameter.BATCH, 16)
        .with(HyperParameter.REPEAT, 1)
        .with(LEARNING_RATE, 1e-2)
        .with(HyperParameter.VELOCITY_WEIGHT, 4)
        .with(HyperParameter.OFFSET_WEIGHT, 2)
        .with(HyperParameter.BETA, 0.5)
        .with(HyperParameter.GUIDE, 0.5)
        .withSeed(3);
  }

  /** Hears everything, and stops the training before a batch. */
  private static final class Heard implements Trainer.Listener {
    private final List<Trainer.Progress> all = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int batches;

    Heard(int batches) {
      this.batches = batches;
    }

    @Override
    public boolean goesOn() {
      return batches-- > 0;
    }

    @Override
    public void heard(Trainer.Progress progress) {
      all.add(progress);
    }

    @Override
    public void remark(String line) {
      remarks.add(line);
    }
  }

  private static RhythmModel model(Trainer.Learned learned) {
    return new RhythmModel(
        "t", GRID, List.of("kick", "snare"), null, new float[2], learned.networks(), Map.of());
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
