package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.storage.NoRoom;

class FitQueueTest {
  private static final MappingNetwork HALF =
      new MappingNetwork(
          List.of(
              new MappingLayer(ActivationFunction.SIGMOID, new double[2][3], new double[3]),
              new MappingLayer(ActivationFunction.SIGMOID, new double[3][2], new double[2])));

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Semaphore turns = new Semaphore(0);
  private volatile List<TaughtPair> pairs = TrainingSets.pairs(3);
  private volatile CompletionStage<Void> disk = CompletableFuture.completedFuture(null);
  private volatile FitFault fault;
  private volatile OutOfMemoryError full;
  private FitQueue queue;
  private volatile int beginnings = 1;
  private int names;

  @BeforeEach
  void begin() {
    queue =
        new FitQueue(
            name -> pairs, this::fitted, now -> "v" + ++names, this::publish, new Random(1), 4);
    queue.begin(() -> {});
  }

  private CompletionStage<Void> publish(Mapping mapping) {
    events.add("published " + mapping.performer());
    return disk;
  }

  @AfterEach
  void end() {
    queue.close();
  }

  /** Says how many pairs it has, and is done when a turn is given, or nobody waits any more. */
  private FitResult fitted(FitOrder order, Progress progress)
      throws FitFault, InterruptedException {
    events.add("fits " + order.inputs().length);
    while (!turns.tryAcquire(2, TimeUnit.MILLISECONDS)) {
      if (!progress.isWanted()) {
        events.add("ended");
        return null;
      }
    }
    if (fault != null) {
      throw fault;
    } else if (full != null) {
      throw full;
    }
    progress.tell(order.plan().epochs(), 0.1);
    List<Double> errors = new ArrayList<>();
    for (float[] row : order.inputs()) {
      errors.add((double) row[0]);
    }
    return new FitResult(HALF, 0.1, List.of(0.1), errors, beginnings, 0.2);
  }

  private Fit ask(String performer) {
    return ask(performer, false);
  }

  private Fit ask(String performer, boolean leaveOneOut) {
    FitPlan plan =
        new FitPlan(List.of(), ActivationFunction.SIGMOID, 0, 0.1, null, true, leaveOneOut);
    return queue.ask(
        new Fit.Spec(performer, plan, Motion.POSITION, List.of(), HALF, "v0", null),
        new Telling(performer));
  }

  private final class Telling implements Fit.Listener {
    private final String name;

    Telling(String name) {
      this.name = name;
    }

    @Override
    public void waiting(String what) {}

    @Override
    public void running(int epoch, int epochs, double loss) {
      events.add(name + " " + epoch + "/" + epochs);
    }

    @Override
    public void done(Mapping mapping, String remark) {
      long unseen = mapping.leaveOneOut().stream().filter(error -> error != null).count();
      events.add(
          name
              + " done from "
              + mapping.continuedFrom()
              + (unseen == 0 ? "" : " unseen " + unseen)
              + remark);
    }

    @Override
    public void failed(String reason) {
      events.add(name + " failed " + reason);
    }
  }

  private void hears(String... expected) throws InterruptedException {
    for (String each : expected) {
      assertEquals(each, events.poll(10, TimeUnit.SECONDS));
    }
  }

  private void hearsNoMore() {
    assertNull(events.poll(), "something else");
  }

  @Test
  void aFitIsPublishedBeforeItIsDone() throws Exception {
    ask("anna");
    hears("fits 3");
    turns.release();
    hears("anna 300/300", "published anna", "anna done from v0");
    assertEquals(1, queue.ended(FitQueue.Fate.DONE));
    assertEquals(0.2, queue.seconds());
  }

  @Test
  void aNewerFitTakesThePlaceOfTheWaitingOneAndEachPerformerHasItsTurn() throws Exception {
    ask("anna");
    hears("fits 3");
    ask("ben");
    ask("anna");
    ask("carla");
    ask("ben");
    hears("ben failed replaced: the performer has asked for a newer fit");
    assertEquals(3, queue.waiting());
    turns.release(4);
    hears("anna 300/300", "published anna", "anna done from v0", "fits 3");
    hears("ben 300/300", "published ben", "ben done from v0", "fits 3");
    hears("anna 300/300", "published anna", "anna done from v0", "fits 3");
    hears("carla 300/300", "published carla", "carla done from v0");
    assertEquals(1, queue.ended(FitQueue.Fate.REPLACED));
  }

  @Test
  void moreThanThereIsRoomForAreRefusedAtOnce() throws Exception {
    ask("running");
    hears("fits 3");
    for (String name : List.of("a", "b", "c", "d")) {
      ask(name);
    }
    assertThrows(NoRoom.class, () -> ask("e"));
    ask("a");
    hears("a failed replaced: the performer has asked for a newer fit");
    assertEquals(4, queue.waiting());
  }

  @Test
  void leaveOneOutLetsOthersGoFirst() throws Exception {
    ask("anna", true);
    hears("fits 3");
    ask("ben");
    turns.release(5);
    hears("anna 300/1200", "fits 3", "ben 300/300", "published ben", "ben done from v0");
    hears("fits 2", "anna 600/1200", "fits 2", "anna 900/1200", "fits 2", "anna 1200/1200");
    hears("published anna", "anna done from v0 unseen 3");
  }

  @Test
  void aNewerFitEndsTheLeaveOneOutOfTheOlder() throws Exception {
    ask("anna", true);
    turns.release();
    hears("fits 3", "anna 300/1200", "fits 2");
    ask("anna");
    hears("anna failed replaced: the performer has asked for a newer fit", "ended", "fits 3");
    turns.release();
    hears("anna 300/300", "published anna", "anna done from v0");
  }

  @Test
  void whoGoesAwayEndsTheFitAndHearsNoMore() throws Exception {
    Fit running = ask("anna");
    hears("fits 3");
    Fit waiting = ask("ben");
    queue.cancel(waiting);
    queue.cancel(running);
    hears("ended");
    ask("carla");
    hears("fits 3");
    hearsNoMore();
    assertEquals(2, queue.ended(FitQueue.Fate.CANCELLED));
    assertEquals(0, queue.waiting());
  }

  @Test
  void thePairsOfTheRequestComeBeforeThoseThatAreStored() throws Exception {
    FitPlan plan = new FitPlan(List.of(), ActivationFunction.SIGMOID, 0, 0.1, null, false, false);
    List<TaughtPair> own = TrainingSets.pairs(5);
    queue.ask(
        new Fit.Spec("anna", plan, Motion.POSITION, List.of(), null, "", own), new Telling("anna"));
    hears("fits 5");
    Fit.Spec none = new Fit.Spec("ben", plan, Motion.POSITION, List.of(), null, "", List.of());
    assertThrows(IllegalStateException.class, () -> queue.ask(none, new Telling("ben")));
  }

  @Test
  void withoutPairsItIsRefusedAndTheOthersGoOn() throws Exception {
    pairs = List.of();
    IllegalStateException none = assertThrows(IllegalStateException.class, () -> ask("anna"));
    assertEquals("there are no pairs of motion position", none.getMessage());
    assertEquals(1, queue.ended(FitQueue.Fate.REFUSED));
    pairs = TrainingSets.pairs(1);
    ask("ben", true);
    hears("fits 1");
    turns.release();
    hears("ben 300/300", "published ben", "ben done from v0");
  }

  @Test
  void aFitThatFailsIsNotPublishedAndADiskInTheWayIsSaid() throws Exception {
    fault = new FitFault("it ran away");
    ask("anna");
    turns.release();
    hears("fits 3", "anna failed it ran away");
    fault = null;
    disk = CompletableFuture.failedFuture(new IllegalStateException("full"));
    ask("anna");
    turns.release();
    hears("fits 3", "anna 300/300", "published anna");
    hears("anna done from v0it can be played, but is not kept here: full");
    assertEquals(1, queue.ended(FitQueue.Fate.FAILED));
  }

  @Test
  void aFitThatFindsNoMemoryFailsAloneAndTheNextOneIsDone() throws Exception {
    full = new OutOfMemoryError("Java heap space");
    ask("anna");
    turns.release();
    String why = "a fault in this program: java.lang.OutOfMemoryError: Java heap space";
    hears("fits 3", "anna failed " + why);
    full = null;
    ask("anna");
    turns.release();
    hears("fits 3", "anna 300/300", "published anna", "anna done from v0");
  }

  @Test
  void aFitThatBeganMoreThanOnceSaysSo() throws Exception {
    beginnings = 3;
    ask("anna");
    turns.release();
    hears("fits 3", "anna 300/300", "published anna");
    hears("anna done from v0the best of 3 beginnings, as the first one's was bad");
  }
}
