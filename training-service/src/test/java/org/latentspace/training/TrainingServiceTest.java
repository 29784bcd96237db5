package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainingServiceTest {
  @TestHTTPResource("/")
  URI root;

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
        ManagedChannelBuilder.forAddress(root.getHost(), root.getPort()).usePlaintext().build();
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
