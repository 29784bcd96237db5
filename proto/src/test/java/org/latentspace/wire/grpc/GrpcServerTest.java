package org.latentspace.wire.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.Origin;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.StartMistake;

@Isolated("keeps the live thread of this process")
@Timeout(60)
class GrpcServerTest {
  private static final int MOST_BYTES = 32 << 20;

  private final SteeredService service = new SteeredService();
  private final GrpcServer server = server(0);
  private ManagedChannel channel;

  private GrpcServer server(int port) {
    return new GrpcServer(new Config(port, "127.0.0.1"), List.of(service));
  }

  @BeforeEach
  void listen() {
    server.listen();
    server.open();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void close() throws Exception {
    service.goOn.countDown();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void aCallThatIsGivenUpIsHeardAndEndsAlone() {
    Kept stays = watch("stays");
    Kept goes = watch("goes");
    until("both watch", () -> service.watching.size() == 2);
    goes.call.cancel("given up", null);
    until("its place is free", () -> service.watching.size() == 1);
    // A late answer to the one who has gone; nobody else notices.
    service.gone.get(0).onNext(echo("late"));
    service.watching.get(0).onNext(echo("stays"));
    until("the other hears on", () -> stays.heard.get() == 1);
    assertEquals(null, stays.fault);
    assertEquals(0, goes.heard.get());
  }

  @Test
  void aDeadlineEndsOneCallAndNoOther() {
    Kept stays = watch("stays");
    StatusRuntimeException late =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ExplorerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.MILLISECONDS)
                    .place(PlaceRequest.getDefaultInstance()));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
    until("somebody watches", () -> !service.watching.isEmpty());
    // The late answer.
    service.goOn.countDown();
    until("what was begun is answered late", () -> service.placed.get() == service.waiting.get());
    service.watching.get(0).onNext(echo("stays"));
    until("the other hears on", () -> stays.heard.get() == 1);
    assertEquals(null, stays.fault);
  }

  @Test
  void aCallThatWaitsKeepsNoOtherWaiting() {
    AtomicInteger answered = new AtomicInteger();
    ExplorerServiceGrpc.newStub(channel)
        .place(PlaceRequest.getDefaultInstance(), new Counting<>(answered));
    until("it waits", () -> service.waiting.get() == 1);
    ExplorerServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .getSettings(GetSettingsRequest.getDefaultInstance());
    assertEquals(0, answered.get());
  }

  @Test
  void whoRunsAheadOfTheServiceSeesItAndNothingIsQueuedForSeconds() {
    service.stuck = true;
    AtomicInteger heard = new AtomicInteger();
    ClientCallStreamObserver<FeatureFrame> frames =
        (ClientCallStreamObserver<FeatureFrame>)
            ExplorerServiceGrpc.newStub(channel)
                .withOnReadyThreshold(12 << 10)
                .explore(new Counting<Echo>(heard));
    FeatureFrame frame =
        FeatureFrame.newBuilder()
            .setOrigin(Origin.newBuilder().setPerformer("x".repeat(2048)))
            .build();
    until("the stream is open", frames::isReady);
    frames.onNext(frame);
    until("the service is stuck", () -> service.frames.get() == 1);
    int sent = 1;
    int refused = 0;
    // Until it has not been ready for a while: what is on its way is settled then.
    while (refused < 200 && sent < 5000) {
      if (frames.isReady()) {
        frames.onNext(frame);
        sent++;
        refused = 0;
      } else {
        refused++;
        LockSupport.parkNanos(1_000_000);
      }
    }
    int most = (GrpcServer.WINDOW_BYTES + 2 * (12 << 10)) / 2048 + 2;
    assertTrue(sent <= most, sent + " messages of 2 KB were taken from who ran ahead");
    service.goOn.countDown();
    int all = sent;
    until("those taken are all heard", () -> service.frames.get() == all);
  }

  @Test
  void bytesThatAreNoMessageAreTheCallersMistake() {
    MethodDescriptor<byte[], byte[]> method =
        ExplorerServiceGrpc.getGetSettingsMethod().toBuilder(new Raw(), new Raw()).build();
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel, method, CallOptions.DEFAULT, new byte[] {-1, -1, -1, -1}));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    assertEquals(
        "the bytes are no message that latentspace.v1.ExplorerService/GetSettings takes",
        refused.getStatus().getDescription());
    assertEquals(0, service.settings.get());
  }

  @Test
  void aMessageThatIsTooLongIsRefusedWithItsSizeAndTheLimit() {
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> settings(MOST_BYTES + 1));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    String why = String.valueOf(refused.getStatus().getDescription());
    assertTrue(why.contains(Integer.toString(MOST_BYTES)), why);
    assertTrue(why.contains(Integer.toString(MOST_BYTES + 1 + 5)), why);
  }

  @Test
  void theCostOfAMessageGrowsWithItsLengthNotWithTheSquareOfIt() {
    double small = Double.MAX_VALUE;
    double large = Double.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      small = Math.min(small, seconds(3 << 20));
      large = Math.min(large, seconds(24 << 20));
    }
    // 8 were linear, 64 the square.
    assertTrue(large / small < 30, "3 MB took " + small + " s, 24 MB " + large + " s");
  }

  @Test
  void aPortThatIsTakenEndsTheStartWithOneLine() {
    GrpcServer second = server(server.port());
    StartMistake mistake = assertThrows(StartMistake.class, second::listen);
    assertTrue(
        mistake.getMessage().startsWith("grpc-server.port=" + server.port() + ": "),
        mistake.getMessage());
    assertFalse(mistake.getMessage().contains("\n"));
  }

  @Test
  void callsAndStreamsThatComeTooEarlyAreHeldUntilEverythingHasStarted() throws Exception {
    GrpcServer starting = server(0);
    starting.listen();
    var early = NettyChannelBuilder.forAddress("127.0.0.1", starting.port()).usePlaintext().build();
    try {
      var hasty =
          ExplorerServiceGrpc.newBlockingStub(early).withDeadlineAfter(200, TimeUnit.MILLISECONDS);
      var asked = GetSettingsRequest.getDefaultInstance();
      assertThrows(StatusRuntimeException.class, () -> hasty.getSettings(asked), "not answered");
      until("the server hears that it is given up", () -> starting.waiting() == 0);
      StreamObserver<FeatureFrame> stream =
          ExplorerServiceGrpc.newStub(early).explore(new Counting<>(new AtomicInteger()));
      stream.onNext(FeatureFrame.getDefaultInstance());
      AtomicInteger answers = new AtomicInteger();
      ExplorerServiceGrpc.newStub(early).getSettings(asked, new Counting<>(answers));
      assertEquals(0, service.settings.get() + service.frames.get());
      starting.open();
      until("the call is answered", () -> answers.get() == 1);
      until("the stream is read", () -> service.frames.get() == 1);
      assertEquals(1, service.settings.get(), "the call that was given up is not carried out");
    } finally {
      early.shutdownNow();
      early.awaitTermination(5, TimeUnit.SECONDS);
      starting.close();
    }
  }

  private double seconds(int bytes) {
    long start = System.nanoTime();
    settings(bytes);
    return (System.nanoTime() - start) / 1e9;
  }

  private void settings(int bytes) {
    ExplorerServiceGrpc.newBlockingStub(channel)
        .getSettings(GetSettingsRequest.newBuilder().setPerformer("x".repeat(bytes)).build());
  }

  private Kept watch(String performer) {
    Kept kept = new Kept();
    ExplorerServiceGrpc.newStub(channel)
        .watch(WatchRequest.newBuilder().setPerformer(performer).build(), kept);
    until("it is watched", () -> service.named.contains(performer));
    return kept;
  }

  private static Echo echo(String performer) {
    return Echo.newBuilder().setOrigin(Origin.newBuilder().setPerformer(performer)).build();
  }

  record Config(String host, int port, int maxMessageBytes, boolean reflection, String neighbours)
      implements GrpcConfig {
    Config(int port, String neighbours) {
      this("127.0.0.1", port, MOST_BYTES, true, neighbours);
    }
  }

  /** One who watches. */
  private static final class Kept implements ClientResponseObserver<WatchRequest, Echo> {
    private final AtomicInteger heard = new AtomicInteger();
    private volatile ClientCallStreamObserver<WatchRequest> call;
    private volatile Throwable fault;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> begun) {
      call = begun;
    }

    @Override
    public void onNext(Echo echo) {
      heard.incrementAndGet();
    }

    @Override
    public void onError(Throwable why) {
      fault = why;
    }

    @Override
    public void onCompleted() {}
  }

  /** Counts answers. */
  private record Counting<T>(AtomicInteger heard) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      heard.incrementAndGet();
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }
}
