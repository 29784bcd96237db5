package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.ProjectFlow.ProjectContents;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory.Playing;
import org.latentspace.explorer.outlet.FitOutlet;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.outlet.PerformerDisk;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.TrajectoryOutlet;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.teaching.FitOrder.FitStatus;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitState;
import org.latentspace.proto.Motion;
import org.latentspace.proto.TrainingPair;

/** From the click to the mapping that plays, and what is said when it does not come to that. */
class FitFlowTest {
  @TempDir Path folder;

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final Consumer<FitStatus> listener = status -> heard.add(said(status));
  private FakeTraining training;
  private Performers performers;
  private FitFlow fits;

  @BeforeEach
  void begin() throws Exception {
    training = new FakeTraining();
    performers =
        new Performers(
            4,
            new Defaults(Mode.PREDICT, Sending.AUTO, 2, Mappings.load(Mappings.FIRST_STEPS, 10)));
    fits = new FitFlow();
    fits.performers = performers;
    fits.pairs = new PairBook(4);
    fits.trainer = new FitOutlet();
    fits.trainer.open("127.0.0.1", training.port());
    fits.faults = new MappingFaults();
    fits.mappings = new MappingFlow(performers, fits.faults);
    fits.mappings.open(folder.resolve("data"));
  }

  @AfterEach
  void end() {
    fits.mappings.close();
    training.close();
  }

  private static Object said(FitStatus status) {
    return switch (status.state()) {
      case WAITING -> "waits " + status.message();
      case RUNNING -> status.epoch() + " of " + status.epochs();
      case DONE -> status.fitted();
      case FAILED -> "failed: " + status.message();
      case REFUSED -> status.refusal();
    };
  }

  private Object next() throws InterruptedException {
    Object news = heard.poll(20, TimeUnit.SECONDS);
    while (news instanceof String text && text.startsWith("waits")) {
      news = heard.poll(20, TimeUnit.SECONDS);
    }
    return news;
  }

  private String remark(String performer) {
    performers.heard(performer, 0).hear(Frames.frame(performer, 1, Frames.SLOW_LOW));
    return fits.faults.of(performers.find(performer));
  }

  @Test
  void theNewMappingPlaysWithTheNextFrameAndTheRequestCarriesThePairs() throws Exception {
    training.answer =
        (request, back) -> {
          back.onNext(FakeTraining.state(FitState.FIT_STATE_RUNNING, ""));
          back.onNext(FakeTraining.done(FakeTraining.version("ann", "v1", 0.25, 0.75)));
          back.onCompleted();
        };
    Pair pair = Pairs.pair("ann", "p1", 1, 0.25f);
    fits.pairs.add(pair);
    fits.pairs.add(Pairs.pair("bea", "p2", 2, 0.5f));
    performers.heard("ann", 0).hear(Frames.frame("ann", 1, Frames.SLOW_LOW));
    fits.fit("ann", null, listener);
    assertEquals("0 of 0", next());
    Fitted fitted = assertInstanceOf(Fitted.class, next());
    assertEquals("v1", fitted.version());
    var place = performers.find("ann").hear(Frames.frame("ann", 2, Frames.SLOW_LOW));
    assertEquals(0.25f, place.x());
    assertEquals(0.75f, place.y());
    FitRequest asked = training.asked.take();
    TrainingPair all = PairWire.pair(pair);
    assertEquals(
        List.of(all.toBuilder().clearRawInput().clearRawDeviation().build()),
        asked.getPairs().getPairsList());
    assertEquals(Motion.MOTION_POSITION, asked.getMotion());
    assertEquals(List.of("x", "y", "noise", "z-ramp"), asked.getOutputsList());
    assertEquals("", asked.getFromFlucomaJson());
    assertEquals("", remark("ann"));
  }

  @Test
  void whatThePerformerHasSetIsWhatIsAskedFor() throws Exception {
    training.answer = (request, back) -> back.onCompleted();
    FitSettings set = new FitSettings(List.of(5, 4), "tanh", 77, 0.5, 9L, true, true);
    var performer = performers.heard("ann", 0);
    performer.change(fits(set));
    fits.fit("ann", null, listener);
    assertInstanceOf(Refusal.class, next());
    FitRequest asked = training.asked.take();
    assertTrue(asked.hasPairs() && asked.getPairs().getPairsCount() == 0, asked.toString());
    assertEquals(MappingWire.settings(set), asked.getSettings());
    assertTrue(asked.getFromFlucomaJson().contains("layers"));
    assertTrue(remark("ann").contains("ended without an answer"), remark("ann"));
  }

  private static PerformerSettings fits(FitSettings set) {
    return PerformerSettings.of(Setting.FIT, set);
  }

  @Test
  void aFitThatFailsLeavesTheOldOnePlayingAndSaysSoUntilTheNextSuccess() throws Exception {
    training.answer =
        (request, back) -> {
          back.onNext(FakeTraining.state(FitState.FIT_STATE_FAILED, "the fit ran away"));
          back.onCompleted();
        };
    float before = performers.heard("ann", 0).hear(Frames.frame("ann", 1, Frames.SLOW_LOW)).x();
    fits.fit("ann", null, listener);
    assertEquals("failed: the fit ran away", next());
    assertEquals(
        before, performers.heard("ann", 0).hear(Frames.frame("ann", 2, Frames.SLOW_LOW)).x());
    assertEquals(
        "the last fit failed, what played before plays on: the fit ran away", remark("ann"));
    training.answer =
        (request, back) -> {
          back.onNext(FakeTraining.done(FakeTraining.version("ann", "v1", 0.25, 0.75)));
          back.onCompleted();
        };
    fits.fit("ann", null, listener);
    assertInstanceOf(Fitted.class, next());
    assertEquals("", remark("ann"));
  }

  @Test
  void aVersionThatDoesNotFitItsNamesOrIsAnothersIsAFailure() throws Exception {
    training.answer =
        (request, back) ->
            back.onNext(
                FakeTraining.done(
                    FakeTraining.version("ann", "v1", 0, 0).toBuilder().clearSenses().build()));
    fits.fit("ann", null, listener);
    assertEquals("failed: mapping @ann/v1: senses has 0 entries, must be 10", next());
    training.answer =
        (request, back) -> back.onNext(FakeTraining.done(FakeTraining.version("bea", "v1", 0, 0)));
    fits.fit("ann", null, listener);
    assertEquals("failed: training-service sent a mapping of bea", next());
    assertFalse(fits.mappings.knows("bea"));
  }

  @Test
  void whoIsAwayIsNamedAndRefusalsComeThrough() throws Exception {
    training.answer =
        (request, back) ->
            back.onError(
                Status.FAILED_PRECONDITION.withDescription("no pairs").asRuntimeException());
    fits.fit("ann", null, listener);
    assertEquals(Refusal.Kind.NOT_YET, assertInstanceOf(Refusal.class, next()).kind());
    training.answer =
        (request, back) ->
            back.onError(Status.INVALID_ARGUMENT.withDescription("epochs").asRuntimeException());
    fits.fit("ann", null, listener);
    assertInstanceOf(StatusRuntimeException.class, next());
    int port = training.port();
    training.close();
    fits.fit("ann", null, listener);
    Refusal away = assertInstanceOf(Refusal.class, next());
    assertEquals(Refusal.Kind.UNAVAILABLE, away.kind());
    assertTrue(
        away.getMessage().startsWith("training-service at 127.0.0.1:" + port), away.getMessage());
  }

  @Test
  void aFitThatIsTakenBackIsCancelledAndANewOneTakesTheOldOnesPlace() throws Exception {
    training.answer =
        (request, back) -> back.onNext(FakeTraining.state(FitState.FIT_STATE_RUNNING, ""));
    Runnable first = fits.fit("ann", null, listener);
    assertEquals("0 of 0", next());
    first.run();
    assertEquals("ann", training.cancelled.poll(20, TimeUnit.SECONDS));
    assertNull(heard.poll());
    assertEquals("", remark("ann"));
    fits.fit("ann", null, listener);
    assertEquals("0 of 0", next());
    fits.fit("ann", null, listener);
    assertTrue(((Refusal) next()).getMessage().contains("another fit of ann was begun"));
    assertEquals("ann", training.cancelled.poll(20, TimeUnit.SECONDS));
    assertEquals("0 of 0", next());
    assertEquals("", remark("ann"));
  }

  @Test
  void whateverBeginsToPlayClearsTheRemarkOfAFailedFit() throws Exception {
    training.answer =
        (request, back) -> {
          back.onNext(FakeTraining.state(FitState.FIT_STATE_FAILED, "the fit ran away"));
          back.onCompleted();
        };
    Fitted first = MappingWire.fitted(FakeTraining.version("ann", "v1", 0.25, 0.75));
    Fitted second = MappingWire.fitted(FakeTraining.version("ann", "v2", 0.5, 0.75));
    List<Callable<CompletionStage<?>>> begins =
        List.of(
            () -> fits.mappings.take(first),
            () -> fits.mappings.take(second),
            () -> fits.mappings.use("ann", "v1"),
            () -> fits.mappings.byHand("ann", first.mapping().network()),
            () -> fits.mappings.replace("ann", List.of(second), new Playing("v2", "")),
            () -> fits.mappings.replace("ann", List.of(), Playing.NOTHING));
    for (Callable<CompletionStage<?>> begin : begins) {
      fits.fit("ann", null, listener);
      assertEquals("failed: the fit ran away", next());
      assertTrue(remark("ann").contains("the fit ran away"), remark("ann"));
      begin.call().toCompletableFuture().join();
      assertEquals("", remark("ann"));
    }
  }

  @Test
  void anImportEndsTheFitOfThePairsThatWereThereBefore() throws Exception {
    training.answer =
        (request, back) -> back.onNext(FakeTraining.state(FitState.FIT_STATE_RUNNING, ""));
    fits.fit("ann", null, listener);
    assertEquals("0 of 0", next());
    PairFlow pairs = new PairFlow(fits.pairs, new PairDisk(fits.pairs));
    PerformerDisk disk = new PerformerDisk();
    disk.open(folder);
    TeachingFlow teaching =
        new TeachingFlow(fits.pairs, pairs, performers, new HeldPairs(), fits, new ExplorerFlow());
    ProjectFlow projects =
        new ProjectFlow(
            fits.pairs,
            pairs,
            new PresetOutlet(disk),
            new SettingsOutlet(disk),
            new TrajectoryOutlet(disk),
            fits.mappings,
            teaching,
            fits,
            performers);
    projects.replace("ann", ProjectContents.NOTHING).toCompletableFuture().join();
    projects.end();
    disk.close();
    assertEquals("a project of ann was imported", ((Refusal) next()).getMessage());
    assertEquals("ann", training.cancelled.poll(20, TimeUnit.SECONDS));
    assertEquals("", remark("ann"));
  }
}
