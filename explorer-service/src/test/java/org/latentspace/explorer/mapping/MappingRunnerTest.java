package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.Frame.Sense;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;

/** A mapping finds its inputs by their names, and plays on without those that are gone. */
class MappingRunnerTest {
  private static final Sense POSE = new Sense("pose", 2, false);
  private static final Sense BOW = new Sense("bow", 1, false);

  private static Frame frame(List<Sense> senses, float... others) {
    float[] vector = new float[10 + others.length];
    for (int i = 0; i < 10; i++) {
      vector[i] = i / 10f;
    }
    System.arraycopy(others, 0, vector, 10, others.length);
    Origin origin = new Origin("a", 1, 0, 0, false, false);
    float[] raw = new float[vector.length];
    return new Frame(origin, 1, 0, vector, raw, 0, 0, false, false, -20, "lse", senses, null);
  }

  /** The outputs are the inputs. */
  private static TaughtMapping passing(float[] means, String... senses) {
    return new TaughtMapping(
        "v1", network(senses.length), List.of(senses), List.of(), "lse", Motion.POSITION, means);
  }

  private static MappingNetwork network(int size) {
    double[][] weights = new double[size][size];
    for (int i = 0; i < size; i++) {
      weights[i][i] = 1;
    }
    return new MappingNetwork(
        List.of(new MappingLayer(ActivationFunction.IDENTITY, weights, new double[size])));
  }

  private static void hears(MappingRunner listening, Frame frame, double... expected) {
    assertTrue(listening.hear(frame));
    assertArrayEquals(expected, listening.outputs(), 1e-6);
  }

  @Test
  void inputsAreFoundByNameWhateverTheirOrder() {
    MappingRunner listening =
        new MappingRunner(passing(new float[0], "bow", "crest", "pose.2", "ambitus", "pose.1"));
    hears(listening, frame(List.of(POSE, BOW), .71f, .72f, .73f), .73, .9, .72, 0, .71);
    hears(listening, frame(List.of(BOW, POSE), .71f, .72f, .73f), .71, .9, .73, 0, .72);
    assertEquals(List.of(), listening.held());
  }

  @Test
  void anAbsentSenseKeepsItsLastValueAndIsNamedOnce() {
    MappingRunner listening =
        new MappingRunner(passing(new float[0], "pose.1", "pose.2", "density"));
    hears(listening, frame(List.of(POSE), .3f, .4f), .3, .4, .1);
    hears(listening, frame(List.of()), .3, .4, .1);
    assertEquals(List.of("pose"), listening.held());
    hears(listening, frame(List.of(BOW), .9f), .3, .4, .1);
    assertEquals(List.of("pose"), listening.held());
    hears(listening, frame(List.of(POSE), .5f, .6f), .5, .6, .1);
    assertEquals(List.of(), listening.held());
  }

  @Test
  void aStaleSenseIsNamedAndBearsTheValueThatTheFrameHolds() {
    MappingRunner listening = new MappingRunner(passing(new float[0], "bow", "density"));
    hears(listening, frame(List.of(BOW), .3f), .3, .1);
    hears(listening, frame(List.of(new Sense("bow", 1, true)), .3f), .3, .1);
    assertEquals(List.of("bow"), listening.held());
    hears(listening, frame(List.of(BOW), .4f), .4, .1);
    assertEquals(List.of(), listening.held());
  }

  @Test
  void aSenseThatWasNeverHeardIsTheMeanOfThePairsOrTheMiddle() {
    hears(
        new MappingRunner(passing(new float[] {.2f, .8f}, "bow", "pose.1")),
        frame(List.of()),
        .2,
        .8);
    hears(new MappingRunner(passing(new float[0], "bow", "pose.1")), frame(List.of()), .5, .5);
    // A sense of another size has other entries.
    MappingRunner listening = new MappingRunner(passing(new float[] {.2f}, "pose"));
    hears(listening, frame(List.of(POSE), .6f, .7f), .2);
    assertEquals(List.of("pose"), listening.held());
  }

  @Test
  void theNextMappingGoesOnWithWhatWasHeardLast() {
    MappingRunner first = new MappingRunner(passing(new float[0], "bow", "pose.1"));
    hears(first, frame(List.of(BOW, POSE), .1f, .2f, .3f), .1, .2);
    MappingRunner second =
        new MappingRunner(passing(new float[] {.9f, .9f, .9f}, "pose.1", "x", "bow"));
    second.continueFrom(first);
    hears(second, frame(List.of()), .2, .9, .1);
    MappingRunner third = new MappingRunner(passing(new float[] {.9f}, "bow"));
    third.continueFrom(new MappingRunner(passing(new float[] {.4f}, "bow")));
    hears(third, frame(List.of()), .9);
  }

  @Test
  void withoutNamesTheInputsAreTheFirstEntries() {
    TaughtMapping ten = TaughtMapping.unnamed(network(10));
    MappingRunner listening = new MappingRunner(ten);
    assertTrue(listening.hear(frame(List.of(BOW), .7f)));
    assertEquals(.9, listening.outputs()[9], 1e-6);
    TaughtMapping twelve = TaughtMapping.unnamed(network(12));
    assertFalse(new MappingRunner(twelve).hear(frame(List.of(BOW), .7f)));
  }

  @Test
  void hearingAllocatesNothingWhileTheSensesStay() {
    MappingRunner listening = new MappingRunner(passing(new float[0], "pose.2", "bow", "crest"));
    // Lists of their own, as they come off the wire.
    Frame one = frame(new java.util.ArrayList<>(List.of(POSE, BOW)), .1f, .2f, .3f);
    Frame two = frame(new java.util.ArrayList<>(List.of(POSE, BOW)), .2f, .3f, .4f);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5000; i++) {
        listening.hear(i % 2 == 0 ? one : two);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(least < 1000, "10000 frames allocate " + least + " bytes");
  }

  @Test
  void aVersionWhoseNamesDoNotFitItsNetworkIsRefused() throws ModelFault {
    MappingNetwork network = network(3);
    List<String> three = List.of("a", "b", "c");
    List<String> outputs = List.of("x", "y", "noise");
    version(network, three, outputs, new float[3]).check();
    refused("senses has 2 entries, must be 3", network, List.of("a", "b"), outputs, new float[0]);
    refused("outputs has 2 entries, must be 3", network, three, three.subList(0, 2), new float[0]);
    refused("mean_input has 1 entries, must be 3", network, three, outputs, new float[1]);
    refused("mean_input has NaN", network, three, outputs, new float[] {0, 0, Float.NaN});
    refused("senses has a name twice", network, List.of("a", "b", "a"), outputs, new float[0]);
    refused("must begin with x, y", network, three, List.of("y", "x", "noise"), new float[0]);
  }

  private static TaughtMapping version(
      MappingNetwork network, List<String> senses, List<String> outputs, float[] means) {
    return new TaughtMapping("v", network, senses, outputs, "lse", Motion.POSITION, means);
  }

  private static void refused(
      String why,
      MappingNetwork network,
      List<String> senses,
      List<String> outputs,
      float[] means) {
    ModelFault line =
        assertThrows(ModelFault.class, () -> version(network, senses, outputs, means).check());
    assertTrue(line.getMessage().contains(why), line.getMessage());
  }
}
