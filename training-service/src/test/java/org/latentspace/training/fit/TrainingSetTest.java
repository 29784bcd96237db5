package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;

class TrainingSetTest {
  private static final List<String> XY = List.of("x", "y");

  private static Target means(float x, float y, Motion motion) {
    return new Target(List.of(x, y), XY, motion, 1);
  }

  @Test
  void inputsAreTheSensesOfAllPairsAndTheMeanStandsForWhatIsAbsent() {
    Target meaning = means(0.1f, 0.2f, Motion.POSITION);
    List<TaughtPair> pairs =
        List.of(
            TrainingSets.pair("late", 9, List.of("pose.1", "rms"), List.of(0.8f, 0.3f), meaning),
            TrainingSets.pair("first", 1, List.of("rms", "eeg"), List.of(0.1f, 0.4f), meaning),
            TrainingSets.pair("second", 2, List.of("rms", "eeg"), List.of(0.2f, 0.6f), meaning));
    TrainingSet trainingSet = TrainingSet.of(pairs, Motion.POSITION, List.of());
    assertEquals(List.of("first", "second", "late"), trainingSet.pairs());
    assertEquals(List.of("rms", "eeg", "pose.1"), trainingSet.senses());
    assertArrayEquals(new float[] {0.2f, 0.5f, 0.8f}, trainingSet.meanInput(), 1e-6f);
    assertArrayEquals(new float[] {0.1f, 0.4f, 0.8f}, trainingSet.inputs()[0], 1e-6f);
    assertArrayEquals(new float[] {0.3f, 0.5f, 0.8f}, trainingSet.inputs()[2], 1e-6f);
  }

  @Test
  void anOutputThatAPairLacksIsInTheMiddleAndAnUnwantedOneIsLeftOut() {
    List<TaughtPair> pairs =
        List.of(
            TrainingSets.pair(
                "p", 1, List.of("rms"), List.of(0.1f), means(0.25f, 0.75f, Motion.POSITION)));
    TrainingSet trainingSet = TrainingSet.of(pairs, Motion.POSITION, List.of("filter", "x"));
    assertEquals(List.of("filter", "x"), trainingSet.outputs());
    assertArrayEquals(new float[] {0.5f, 0.25f}, trainingSet.targets()[0]);
  }

  @Test
  void pairsOfTheOtherMotionAreLeftOutAndWithoutPairsItSaysSo() {
    List<TaughtPair> pairs =
        List.of(
            TrainingSets.pair("p", 1, List.of("rms"), List.of(0f), means(0, 0, Motion.POSITION)),
            TrainingSets.pair("m", 2, List.of("rms"), List.of(0f), means(0, 0, Motion.MOVEMENT)));
    assertEquals(List.of("m"), TrainingSet.of(pairs, Motion.MOVEMENT, List.of()).pairs());
    IllegalStateException none =
        assertThrows(
            IllegalStateException.class,
            () -> TrainingSet.of(pairs.subList(0, 1), Motion.MOVEMENT, List.of()));
    assertEquals("there are no pairs of motion movement, but 1 of the other", none.getMessage());
  }

  @Test
  void aPairOfTheOlderKindMeansWhatItsOutputSays() {
    List<Float> output = List.of(0.1f, 0.2f, 0.3f, 0.4f, 1f, 500f);
    TaughtPair old =
        new TaughtPair(
            "anna",
            "p",
            Instant.EPOCH,
            List.of(0.1f, 0.2f),
            List.of(),
            "lse",
            List.of(),
            List.of(),
            output,
            Target.of(output, Motion.POSITION, 1));
    TrainingSet trainingSet = TrainingSet.of(List.of(old), Motion.POSITION, List.of());
    assertEquals(List.of("x", "y", "noise", "z-ramp", "z3", "z4"), trainingSet.outputs());
    assertArrayEquals(
        new float[] {0.1f, 0.2f, 0.5f, 0.5f, 0.3f, 0.4f}, trainingSet.targets()[0], 1e-6f);
    assertEquals(List.of("ambitus", "density"), trainingSet.senses());
  }

  @Test
  void theDigestIsOfNamesInputsTargetsAndSpreads() {
    List<TaughtPair> pairs = TrainingSets.pairs(3);
    String digest = TrainingSet.of(pairs, Motion.POSITION, List.of()).digest();
    assertTrue(digest.matches("[0-9a-f]{64}"));
    List<TaughtPair> turned = List.of(pairs.get(2), pairs.get(0), pairs.get(1));
    assertEquals(digest, TrainingSet.of(turned, Motion.POSITION, List.of()).digest());
    TaughtPair edited =
        TrainingSets.with(pairs.get(0), List.of(), means(0.9f, 0.9f, Motion.POSITION));
    List<TaughtPair> other = List.of(edited, pairs.get(1), pairs.get(2));
    assertNotEquals(digest, TrainingSet.of(other, Motion.POSITION, List.of()).digest());
    TaughtPair wide =
        TrainingSets.with(pairs.get(0), List.of(.01f, 0f, .01f), pairs.get(0).meaning());
    List<TaughtPair> wider = List.of(wide, pairs.get(1), pairs.get(2));
    assertNotEquals(digest, TrainingSet.of(wider, Motion.POSITION, List.of()).digest());
  }

  @Test
  void aSpreadIsDrawnAboutThePairWhateverTheOrderOfTheSenses() {
    TaughtPair first =
        TrainingSets.pair(
            "a", 1, List.of("rms", "crest"), List.of(.2f, .2f), means(0, 0, Motion.POSITION));
    TaughtPair turned =
        TrainingSets.with(
            TrainingSets.pair("b", 2, List.of("crest", "rms"), List.of(.5f, .7f), first.meaning()),
            List.of(.0001f, 0f, .01f),
            means(1, 1, Motion.POSITION));
    TrainingSet trainingSet = TrainingSet.of(List.of(first, turned), Motion.POSITION, XY);
    FitOrder order = trainingSet.order(TrainingSets.plan(7), null);
    assertEquals(2, order.pairs());
    assertEquals(2 * 129, order.inputs().length);
    assertArrayEquals(order.inputs()[0], order.inputs()[50], "one that is not known to vary");
    double[] rms = column(order, 0);
    double[] crest = column(order, 1);
    assertEquals(.7, mean(rms), .03);
    assertEquals(.1, deviation(rms), .02);
    assertEquals(.5, mean(crest), .003);
    assertEquals(.01, deviation(crest), .002);
    assertArrayEquals(new float[] {1, 1}, order.targets()[200]);
  }

  /** An entry of what is drawn. */
  private static double[] column(FitOrder order, int entry) {
    return Arrays.stream(order.inputs()).skip(2 + 128).mapToDouble(row -> row[entry]).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(mean(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray()));
  }

  @Test
  void theMostPairsAreFittedAndOneMoreIsNot() {
    assertEquals(
        TrainingSet.MOST_PAIRS,
        TrainingSet.of(TrainingSets.pairs(TrainingSet.MOST_PAIRS), Motion.POSITION, XY)
            .inputs()
            .length);
    assertThrows(
        IllegalStateException.class,
        () -> TrainingSet.of(TrainingSets.pairs(TrainingSet.MOST_PAIRS + 1), Motion.POSITION, XY));
  }
}
