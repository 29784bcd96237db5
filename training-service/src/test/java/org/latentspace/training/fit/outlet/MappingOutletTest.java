package org.latentspace.training.fit.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.DiskLog;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.ModelEvent;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Mapping;
import org.latentspace.training.fit.TrainingSet;

class MappingOutletTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private Mapping mapping(String version) {
    Target meaning = new Target(List.of(0.25f), List.of("x"), Motion.MOVEMENT, 2);
    List<TaughtPair> pairs =
        List.of(pair("p1", 1, meaning), pair("p2", 2, meaning), pair("p3", 3, meaning));
    MappingNetwork network =
        new MappingNetwork(
            List.of(
                new MappingLayer(
                    ActivationFunction.SIGMOID, new double[][] {{0.1f}}, new double[] {2})));
    return new Mapping(
        "anna",
        version,
        1_800_000_000_123L,
        new FitPlan(List.of(3), ActivationFunction.TANH, 77, 0.2, 5L, true, true),
        Motion.MOVEMENT,
        TrainingSet.of(pairs, Motion.MOVEMENT, List.of()),
        new FitResult(network, 0.01, List.of(0.5, 0.01), List.of(0.1, 0.2, 0.3), 1, 0.4),
        "v0",
        Arrays.asList(0.2, null, 0.4),
        1.5);
  }

  private static TaughtPair pair(String name, int second, Target meaning) {
    return new TaughtPair(
        "anna",
        name,
        Instant.ofEpochSecond(second),
        List.of(second / 10f),
        List.of(),
        "room-7",
        List.of("rms"),
        List.of(),
        List.of(0.25f),
        meaning);
  }

  @Test
  void tellsTheTopicAllThatIsKnownOfAMapping() throws Exception {
    BlockingQueue<KeptRecord> heard = new LinkedBlockingQueue<>();
    try (KeptLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet topic = new KeptOutlet(folder, Topic.MODEL_VERSIONS, log, MEGABYTE)) {
      MappingOutlet outlet = new MappingOutlet(topic, folder.resolve("newest"));
      outlet.publish(mapping("v1")).toCompletableFuture().get(10, TimeUnit.SECONDS);
      log.follow(Topic.MODEL_VERSIONS, "explorer", KeptLog.Start.BEGINNING, heard::add);
      KeptRecord record = heard.poll(10, TimeUnit.SECONDS);
      assertEquals("@anna/v1", record.key());
      MappingVersion version = ModelEvent.parseFrom(record.value()).getMapping();
      assertEquals("anna", version.getPerformer());
      assertEquals(123_000_000, version.getCreatedAt().getNanos());
      assertEquals(
          0.1f, FlucomaJson.read(version.getFlucomaJson()).layers().get(0).weights()[0][0]);
      assertEquals("tanh", version.getSettings().getActivation());
      assertEquals(77, version.getSettings().getEpochs());
      assertEquals(77, version.getEpochs());
      assertEquals(5, version.getSettings().getSeed());
      assertEquals(List.of("rms"), version.getSensesList());
      assertEquals(List.of(0.2f), version.getMeanInputList());
      assertEquals("room-7", version.getScaling());
      assertEquals(org.latentspace.proto.Motion.MOTION_MOVEMENT, version.getMotion());
      assertEquals(3, version.getPairs());
      assertEquals("v0", version.getContinuedFrom());
      assertEquals(List.of(0.5, 0.01), version.getLossCurveList());
      assertEquals(1.5, version.getSeconds());
      assertEquals(0.3, version.getLeaveOneOut(), 1e-9);
      assertEquals("p2", version.getPairErrors(1).getPair());
      assertEquals(0.2, version.getPairErrors(1).getError());
      assertFalse(version.getPairErrors(1).hasLeaveOneOut());
      assertEquals(0.4, version.getPairErrors(2).getLeaveOneOut());
    }
  }

  @Test
  void laterNamesSortLaterAlsoWhenTheClockWasSetBackAndTheServiceBegunAnew() throws Exception {
    Path newest = folder.resolve("fits").resolve("newest");
    try (KeptLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet topic = new KeptOutlet(folder, Topic.MODEL_VERSIONS, log, MEGABYTE)) {
      MappingOutlet outlet = new MappingOutlet(topic, newest);
      String first = outlet.name(2_000_000_000_000L);
      String same = outlet.name(2_000_000_000_000L);
      String back = outlet.name(1_000_000_000_000L);
      assertTrue(first.compareTo(same) < 0 && same.compareTo(back) < 0);
      assertTrue(first.matches("[A-Za-z0-9_-]{1,64}"));
      outlet.publish(mapping(back)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      until("the newest name is on disk", () -> Files.exists(newest));
      String anew = new MappingOutlet(topic, newest).name(1_500_000_000_000L);
      assertTrue(back.compareTo(anew) < 0);
    }
  }
}
