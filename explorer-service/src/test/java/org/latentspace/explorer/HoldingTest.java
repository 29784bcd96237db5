package org.latentspace.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.wire.grpc.GrpcServer;

/** A pair that is held by a page or a call, over real connections that are cut. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class HoldingTest {
  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private final HttpClient http = HttpClient.newHttpClient();
  private ManagedChannel channel;
  private TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;

  @BeforeEach
  void call() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    teaching = TeachingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private void play(String performer, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      frames.onNext(Frames.message(performer, i, true, Frames.PLAYED));
      echoes.next();
    }
  }

  private int pairs(String performer) {
    return teaching
        .listPairs(ListPairsRequest.newBuilder().setPerformer(performer).build())
        .getPairsCount();
  }

  /** A page's stream of events, of which the first event has come. */
  private Socket page(String id) throws Exception {
    Socket page = new Socket(address.getHost(), address.getPort());
    page.setSoTimeout(20_000);
    OutputStream out = page.getOutputStream();
    out.write(
        ("GET /api/events?page=" + id + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n")
            .getBytes(UTF_8));
    assertTrue(events(page).startsWith("data: "));
    return page;
  }

  private static String events(Socket page) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(page.getInputStream(), UTF_8), 1 << 16);
    String line = lines.readLine();
    while (!line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return line;
  }

  private HttpResponse<String> post(String call, String performer, String holder) throws Exception {
    String json = "{\"performer\":\"" + performer + "\",\"holder\":\"" + holder + "\"}";
    return http.send(
        HttpRequest.newBuilder(URI.create(address + "api/call/" + call))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatAPageHoldsIsDiscardedWhenThePageGoesAndAnotherMayHold() throws Exception {
    play("ann", 1, 1);
    assertEquals(409, post("BeginPair", "ann", "one").statusCode(), "no such page");
    Socket first = page("one");
    try (Socket second = page("two")) {
      assertEquals(200, post("BeginPair", "ann", "one").statusCode());
      play("ann", 2, 5);
      HttpResponse<String> no = post("BeginPair", "ann", "two");
      assertEquals(409, no.statusCode());
      assertTrue(
          no.body().startsWith("a pair of performer ann is being held by a page on "), no.body());
      until("the other page sees who holds", () -> isSeenHeld(second, "a page on "));
      first.close();
      until("the other page may hold", () -> begins("ann", "two"));
      play("ann", 6, 7);
      assertEquals(0, pairs("ann"));
      assertEquals(200, post("EndPair", "ann", "two").statusCode());
      assertEquals(1, pairs("ann"));
    } finally {
      first.close();
    }
  }

  private boolean begins(String performer, String page) {
    try {
      return post("BeginPair", performer, page).statusCode() == 200;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallHoldsUntilItEndsAndTeachesNothingWhenItIsCancelled() throws Exception {
    play("bob", 1, 1);
    BeginPairRequest bob = BeginPairRequest.newBuilder().setPerformer("bob").build();
    Answer kept = new Answer();
    StreamObserver<BeginPairRequest> hold = TeachingServiceGrpc.newStub(channel).holdPair(kept);
    hold.onNext(bob);
    try (Socket page = page("sees")) {
      until("it is held", () -> isSeenHeld(page, "a gRPC call"));
      play("bob", 2, 4);
      StatusRuntimeException no =
          assertThrows(StatusRuntimeException.class, () -> teaching.beginPair(bob));
      assertTrue(no.getMessage().contains("is being held by a gRPC call"), no.getMessage());
      hold.onCompleted();
      assertEquals(3, kept.get(20, TimeUnit.SECONDS).getFrames());
      until("it is held no more", () -> !isSeenHeld(page, "a gRPC call"));
      StreamObserver<BeginPairRequest> broken =
          TeachingServiceGrpc.newStub(channel).holdPair(new Answer());
      broken.onNext(bob);
      until("it is held again", () -> isSeenHeld(page, "a gRPC call"));
      play("bob", 5, 8);
      broken.onError(Status.CANCELLED.asRuntimeException());
      until("it is let go", () -> !isSeenHeld(page, "a gRPC call"));
      assertEquals(1, pairs("bob"));
    }
  }

  private static boolean isSeenHeld(Socket page, String holder) {
    try {
      return events(page).contains("\"holder\":\"" + holder);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void callersWithNamesAreToldApart() throws Exception {
    play("cid", 1, 1);
    BeginPairRequest cid = BeginPairRequest.newBuilder().setPerformer("cid").build();
    teaching.beginPair(cid.toBuilder().setHolder("left").build());
    StatusRuntimeException no =
        assertThrows(
            StatusRuntimeException.class,
            () -> teaching.beginPair(cid.toBuilder().setHolder("right").build()));
    assertEquals(Status.Code.FAILED_PRECONDITION, no.getStatus().getCode());
    assertTrue(no.getMessage().contains("is being held by gRPC caller left"), no.getMessage());
    play("cid", 2, 3);
    teaching.endPair(EndPairRequest.newBuilder().setPerformer("cid").setHolder("left").build());
    assertEquals(1, pairs("cid"));
    no =
        assertThrows(
            StatusRuntimeException.class,
            () -> teaching.beginPair(cid.toBuilder().setHolder("a b").build()));
    assertEquals(Status.Code.INVALID_ARGUMENT, no.getStatus().getCode());
  }

  private static final class Answer extends CompletableFuture<TrainingPair>
      implements StreamObserver<TrainingPair> {
    @Override
    public void onNext(TrainingPair pair) {
      complete(pair);
    }

    @Override
    public void onError(Throwable fault) {
      completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {
      completeExceptionally(new AssertionError("no pair"));
    }
  }
}
