package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ActivationFunction;

/** What fits cost the process that also carries the music. */
class FitCostTest {
  private final Learner learner = new Learner();

  /** 4000 pairs of the ten features and 256 entries of other senses. */
  @Test
  void theLargestFitLearns() throws FitFault {
    Random chance = new Random(1);
    float[][] inputs = new float[TrainingSet.MOST_PAIRS][266];
    float[][] targets = new float[TrainingSet.MOST_PAIRS][4];
    for (int row = 0; row < inputs.length; row++) {
      for (int i = 0; i < inputs[row].length; i++) {
        inputs[row][i] = chance.nextFloat();
      }
      targets[row][0] = inputs[row][100];
    }
    FitOrder order =
        LearnerTest.with(
            TrainingSets.order(inputs, targets, 3, 1), ActivationFunction.SIGMOID, 30, 0.1);
    assertTrue(learner.fit(order, TrainingSets.PATIENT).loss() < 0.1);
  }

  /** A collector that has to run often would hold up the music. */
  @Test
  void epochsLeaveNoGarbage() throws FitFault {
    FitOrder few = LearnerTest.with(TrainingSets.random(60, 1), ActivationFunction.TANH, 1000, 0.1);
    FitOrder many =
        LearnerTest.with(TrainingSets.random(60, 1), ActivationFunction.TANH, 20_000, 0.1);
    learner.fit(few, TrainingSets.PATIENT);
    long more = allocated(many) - allocated(few);
    assertTrue(more < 100_000, more + " bytes of 19 000 epochs");
  }

  private long allocated(FitOrder order) throws FitFault {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    learner.fit(order, TrainingSets.PATIENT);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
