package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.Topic;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.grpc.GrpcServer;

@QuarkusTest
class TrainingServiceTest {
  @TestHTTPResource("/")
  URI root;

  @Inject GrpcServer grpc;

  @Inject KeptLog log;

  @Test
  void startsReadyWithHealthAndMetricsAndWithoutNativeCode() throws Exception {
    HttpResponse<String> ready = get("q/health/ready");
    assertEquals(200, ready.statusCode(), ready.body());
    assertTrue(ready.body().contains("training-service"), ready.body());
    assertTrue(get("q/metrics").body().contains("training_data_free_bytes"));
    assertFalse(isMapped("nd4jcpu"), "the service has loaded native code");
  }

  @Test
  void aResearcherBringsRhythmsInAndLooksAtThem() throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    try {
      DataSetSession session = new DataSetSession(channel);
      session.importsAStreamOfFiles();
      session.browsesTagsExcludesAndDeletes();
      session.makesAKit();
      session.isToldWhatWouldBeRight();
      DataSetSession.findsTheServiceByReflection(channel);
    } finally {
      channel.shutdownNow();
    }
    assertTrue(get("q/metrics").body().contains("training_data_pieces"));
  }

  @Test
  void aResearcherSetsWhatIsNewAndWhenModelsAreTrainedByThemselves() {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    try {
      PolicySession session = new PolicySession(channel);
      session.setsWhatIsNew();
      session.setsWhenModelsAreTrained();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  @Timeout(600)
  void aResearcherTrainsAndLetsVersionsPlay() throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    KeptLog.Handler ear = record -> told.add(record.key());
    try (KeptLog.Following player =
        log.follow(Topic.MODEL_VERSIONS, "a-player", KeptLog.Start.BEGINNING, ear)) {
      JobSession session = new JobSession(channel);
      session.trainsAndWatches();
      session.activatesWhatIsBetter();
      session.takesFilesOutAndBringsThemIn();
      session.scoresOnOtherDataAndGivesPlayersTheirLibrary();
      session.goesBackToWhatPlayedBefore();
      session.cancelsAndResumes();
      session.isToldWhatWouldBeRight();
      String key = told.poll(20, TimeUnit.SECONDS);
      while (key != null && !key.equals(session.firstKey())) {
        key = told.poll(20, TimeUnit.SECONDS);
      }
      assertEquals(session.firstKey(), key, "players hear of versions");
      assertEquals("ok", player.status());
    } finally {
      channel.shutdownNow();
    }
    assertTrue(get("q/metrics").body().contains("training_jobs_queued"));
    assertTrue(get("q/health/ready").body().contains("jobs"));
  }

  @Test
  @Timeout(120)
  void aMusiciansPairsBecomeAMapping() throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    KeptLog.Handler ear = record -> told.add(record.key());
    try (KeptLog.Following explorer =
        log.follow(Topic.MODEL_VERSIONS, "an-explorer", KeptLog.Start.BEGINNING, ear)) {
      FitSession session = new FitSession(channel, log);
      session.teaches(4);
      String first = session.fitsAndIsToldHowItGoes();
      session.fitsWhatIsStoredWhereTheRequestHasNoPairs();
      session.goesOnAndLeavesOneOut();
      session.isToldWhenAFitRunsAway();
      session.isToldWhatWouldBeRight();
      String key = told.poll(20, TimeUnit.SECONDS);
      while (key != null && !key.equals(first)) {
        key = told.poll(20, TimeUnit.SECONDS);
      }
      assertEquals(first, key, "explorers hear of mappings");
      assertEquals("ok", explorer.status());
    } finally {
      channel.shutdownNow();
    }
    MetricsPage page = MetricsPage.of(root.toString());
    assertTrue(page.value("training_fits_done_total") >= 1, page.toString());
    assertEquals("counter", page.type("training_fits_done"));
    assertEquals("gauge", page.type("training_fits_waiting"));
    page.checkSentences(30);
    assertTrue(get("q/health/ready").body().contains("warm"), get("q/health/ready").body());
    assertFalse(isMapped("nd4jcpu"), "the service has loaded native code");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Whether this process has a library of that name in memory; Linux alone tells. */
  private static boolean isMapped(String library) throws IOException {
    Path maps = Path.of("/proc/self/maps");
    return Files.isReadable(maps) && Files.readString(maps).contains(library);
  }
}
