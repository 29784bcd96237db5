package org.latentspace.explorer.inlet;

import static org.latentspace.wire.Until.until;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.wire.HttpHostCheck;

/** OSCQuery on a port that another process has. */
class OscQueryPortTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aTakenPortIsTakenAsSoonAsItIsFree() throws Exception {
    Vertx vertx = Vertx.vertx();
    OscQuery query = new OscQuery();
    query.vertx = vertx;
    query.hosts = new HttpHostCheck(List.of());
    try {
      int port;
      try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = other.getLocalPort();
        query.open("127.0.0.1", port);
        until("it was tried", query::isTold);
      }
      until("it answers", () -> status(port) == 200);
    } finally {
      query.close(null);
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private int status(int port) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + "/?HOST_INFO");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (java.io.IOException refused) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
