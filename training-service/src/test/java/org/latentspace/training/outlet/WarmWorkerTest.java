package org.latentspace.training.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.fit.Curve;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;
import org.latentspace.training.fit.FlucomaText;
import org.latentspace.training.fit.Lesson;
import org.latentspace.training.fit.Lessons;

@Timeout(120)
class WarmWorkerTest {
  private static final String MAIN = "org.latentspace.training.inlet.FitWorker";

  @TempDir Path folder;
  private WarmWorker worker;

  @BeforeEach
  void begin() {
    worker = worker(MAIN, 20_000);
  }

  private WarmWorker worker(String mainClass, int patienceMs) {
    return new WarmWorker(new WarmWorker.Terms(96, 128, 1, patienceMs, folder), mainClass);
  }

  @AfterEach
  void end() {
    worker.close();
  }

  private static String text(FitResult result) {
    return FlucomaText.write(result.network());
  }

  @Test
  void anotherWorkerTakesThePlaceOfOneThatWasKilledAndFitsTheSame() throws Exception {
    assertEquals("not started", worker.weather());
    worker.warm();
    assertEquals("starting", worker.weather());
    until("the worker is warm", 60, worker::isWarm);
    FitOrder order = Lessons.random(60, 1);
    String first = text(worker.fit(order, Lessons.PATIENT));
    assertTrue(worker.peakBytes() > 50_000_000);
    ProcessHandle killed = ProcessHandle.of(worker.pid()).orElseThrow();
    AtomicBoolean once = new AtomicBoolean();
    Fitter.Listener killing =
        new Fitter.Listener() {
          @Override
          public boolean goesOn() {
            if (once.compareAndSet(false, true)) {
              killed.destroyForcibly();
            }
            return true;
          }

          @Override
          public void heard(int epoch, double loss) {}
        };
    assertEquals(first, text(worker.fit(order, killing)), "the same bytes from another process");
    assertEquals(1, worker.restarts());
    assertTrue(worker.isSound());
    assertFalse(killed.isAlive());
  }

  @Test
  void whoIsNotWaitedForAnyMoreEndsSoonAndTheNextOneIsServed() throws Exception {
    FitOrder order = Lessons.random(60, 1);
    FitOrder endless =
        new FitOrder(
            order.inputs(),
            order.targets(),
            order.hidden(),
            order.curve(),
            100_000_000,
            0.001,
            1,
            null);
    int[] heard = {0};
    Fitter.Listener leaving =
        new Fitter.Listener() {
          @Override
          public boolean goesOn() {
            return heard[0] < 1;
          }

          @Override
          public void heard(int epoch, double loss) {
            heard[0]++;
          }
        };
    assertNull(worker.fit(endless, leaving));
    assertTrue(worker.fit(order, Lessons.PATIENT).loss() < 0.2);
    assertEquals(0, worker.restarts());
  }

  /** 4000 pairs of the ten features and 256 entries of other senses, in the usual memory. */
  @Test
  void theLargestFitHasRoom() throws Exception {
    Random chance = new Random(1);
    float[][] inputs = new float[Lesson.MOST_PAIRS][266];
    float[][] targets = new float[Lesson.MOST_PAIRS][4];
    for (int row = 0; row < inputs.length; row++) {
      for (int i = 0; i < inputs[row].length; i++) {
        inputs[row][i] = chance.nextFloat();
      }
      targets[row][0] = inputs[row][100];
    }
    FitOrder order =
        new FitOrder(
            inputs, targets, List.of(3), Curve.SIGMOID, 30, FitPlan.LEARNING_RATE, 1, null);
    assertTrue(worker.fit(order, Lessons.PATIENT).loss() < 0.1);
    assertEquals(0, worker.restarts());
  }

  @Test
  void oneThatIsFrozenIsGivenUp() throws Exception {
    Assumptions.assumeTrue(Path.of("/bin/kill").toFile().canExecute(), "needs /bin/kill");
    worker = worker(MAIN, 6000);
    FitOrder order = Lessons.random(10, 1);
    worker.fit(order, Lessons.PATIENT);
    String pid = Long.toString(worker.pid());
    new ProcessBuilder("/bin/kill", "-STOP", pid).start().waitFor();
    assertTrue(worker.fit(order, Lessons.PATIENT).loss() < 0.2);
    assertEquals(1, worker.restarts());
  }

  @Test
  void aWorkerThatCannotRunIsSaid() {
    worker = worker("org.latentspace.NoSuchWorker", 20_000);
    FitFault fault =
        assertThrows(FitFault.class, () -> worker.fit(Lessons.random(4, 1), Lessons.PATIENT));
    assertTrue(fault.getMessage().contains("NoSuchWorker"), fault.getMessage());
    assertFalse(worker.isSound());
    assertTrue(worker.weather().contains("NoSuchWorker"), worker.weather());
    worker.warm();
    assertFalse(worker.isSound(), "begun anew, it has not been warm yet");
    assertTrue(worker.weather().contains("NoSuchWorker"), worker.weather());
  }

  @Test
  void whyAWorkerEndedIsSaidFirstAndWithoutJavasPlaces() {
    worker = worker(FailingWorker.class.getName(), 20_000);
    FitFault fault =
        assertThrows(FitFault.class, () -> worker.fit(Lessons.random(4, 1), Lessons.PATIENT));
    assertEquals(
        "the fit could not be done: java.io.IOException: No space left on device:"
            + " the worker ended with status 1",
        fault.getMessage());
  }

  @Test
  void aFitThatRunsAwayLeavesTheWorkerWarm() throws Exception {
    FitOrder order = Lessons.random(60, 1);
    FitOrder wild =
        new FitOrder(
            order.inputs(), order.targets(), order.hidden(), order.curve(), 300, 1e6, 1, null);
    FitFault fault = assertThrows(FitFault.class, () -> worker.fit(wild, Lessons.PATIENT));
    assertTrue(fault.getMessage().contains("ran away"), fault.getMessage());
    assertTrue(worker.fit(order, Lessons.PATIENT).loss() < 0.2);
    assertEquals(0, worker.restarts());
  }
}
