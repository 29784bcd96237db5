package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;

/** The live outlet against a real server over loopback. */
class LiveOutletTest {
  private static final int BLOCK_SAMPLES = 1024;
  private static final int HTTP2_WINDOW_BYTES = 65_535;

  private final Neighbour neighbour = new Neighbour();
  private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> drops = new LinkedBlockingQueue<>();
  private Server server;
  private LiveOutlet<AudioBlock, Echo> outlet;

  @AfterEach
  void end() {
    if (outlet != null) {
      outlet.close();
    }
    if (server != null) {
      server.shutdownNow();
    }
  }

  @Test
  void opensTheStreamAtStartAndNotAtTheFirstValue() throws Exception {
    serve(0);
    dial();
    assertNotNull(neighbour.calls.poll(10, TimeUnit.SECONDS), "the stream was not opened");
    assertEquals(0, outlet.sent());
  }

  @Test
  void sendsInOrderAndHearsTheEcho() throws Exception {
    serve(0);
    dial();
    until("it is ready", outlet::isReady);
    for (int i = 1; i <= 100; i++) {
      until("it is ready", outlet::isReady);
      assertTrue(outlet.offer(block(i)));
    }
    for (int i = 1; i <= 100; i++) {
      assertEquals(i, neighbour.heard.poll(10, TimeUnit.SECONDS).getOrigin().getSequence());
      assertEquals(i, echoes.poll(10, TimeUnit.SECONDS).getOrigin().getSequence());
    }
    assertEquals(0, drops.size());
  }

  @Test
  void dropsAndCountsWhenTheNeighbourStallsAndTheNewestWins() throws Exception {
    neighbour.stalled = true;
    serve(0);
    dial();
    until("it is ready", outlet::isReady);
    int offered = 20_000;
    long longest = 0;
    for (int i = 1; i <= offered; i++) {
      long before = System.nanoTime();
      outlet.offer(block(i));
      longest = Math.max(longest, System.nanoTime() - before);
    }
    assertTrue(drops.size() > offered / 2, "dropped " + drops.size());
    assertEquals(offered, outlet.sent() + drops.size() + 1, "one value waits");
    assertTrue(longest < 1_000_000_000L, "an offer took " + longest + " ns");
    // What hides in buffers is bounded: HTTP/2's window of 64 KiB and the threshold.
    assertTrue(outlet.sent() * BLOCK_SAMPLES * 4 < 300_000, "sent " + outlet.sent());

    neighbour.resume();
    AudioBlock last = null;
    while (last == null || last.getOrigin().getSequence() < offered) {
      last = neighbour.heard.poll(10, TimeUnit.SECONDS);
      assertNotNull(last, "the newest value did not arrive");
    }
    assertEquals(offered, outlet.sent() + drops.size());
  }

  @Test
  void theNewestOfEachPerformerWaitsAndNoneDisplacesAnother() throws Exception {
    neighbour.stalled = true;
    serve(0);
    dial();
    until("it is ready", outlet::isReady);
    // So many that the stream is full to the neighbour, whatever lies between.
    for (int i = 1; i <= 5000; i++) {
      outlet.offer(block("loud", i));
    }
    assertFalse(outlet.offer(block("soft", 1)));
    long before = drops.size();
    for (int i = 1; i <= 100; i++) {
      assertFalse(outlet.offer(block("loud", 5000 + i)));
    }
    assertFalse(outlet.offer(block("soft", 2)));
    assertEquals(101, drops.size() - before);
    assertEquals(1, drops.stream().filter("soft"::equals).count());

    neighbour.resume();
    AudioBlock soft = null;
    while (soft == null || !soft.getOrigin().getPerformer().equals("soft")) {
      soft = neighbour.heard.poll(10, TimeUnit.SECONDS);
      assertNotNull(soft, "what waited did not arrive");
    }
    assertEquals(2, soft.getOrigin().getSequence());
  }

  @Test
  void keepsItsPaceWithoutANeighbourAndRedialsWhenItReturns() throws Exception {
    serve(0);
    int port = server.getPort();
    dial();
    until("it is ready", outlet::isReady);
    outlet.offer(block(1));
    assertNotNull(neighbour.heard.poll(10, TimeUnit.SECONDS));

    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    until("it is gone", () -> !outlet.isConnected());
    assertTrue(outlet.status().startsWith("feature-service is gone: "), outlet.status());
    for (int i = 2; i <= 50; i++) {
      assertFalse(outlet.offer(block(i)));
    }
    assertEquals(48, drops.size());

    serve(port);
    long back = System.nanoTime();
    AudioBlock next = neighbour.heard.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "the path did not come back");
    assertEquals(50, next.getOrigin().getSequence(), "the newest value wins");
    assertTrue(System.nanoTime() - back < 2_000_000_000L, "whole again within 2 s");
    assertTrue(outlet.redials() >= 1);
  }

  @Test
  void losslessValuesWaitInOrderForTheFirstMeeting() throws Exception {
    serve(0);
    int port = server.getPort();
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    dial(port);
    for (int i = 1; i <= 100; i++) {
      assertTrue(outlet.offerLossless(block(i)));
    }
    until("nobody has answered", () -> outlet.status().contains("does not answer yet: "));
    serve(port);
    for (int i = 1; i <= 100; i++) {
      assertEquals(i, neighbour.heard.poll(10, TimeUnit.SECONDS).getOrigin().getSequence());
    }
    assertEquals(0, drops.size());
  }

  @Test
  void refusesALosslessValueWhenTheStreamIsGone() throws Exception {
    serve(0);
    dial();
    until("it is ready", outlet::isReady);
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    until("it is gone", () -> !outlet.isConnected());
    assertFalse(outlet.offerLossless(block(1)));
    assertEquals(1, drops.size());
  }

  private void serve(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    // The window of the services' own servers; grpc-netty's default of 1 MiB would hide 6 s.
    server =
        NettyServerBuilder.forAddress(address)
            .flowControlWindow(HTTP2_WINDOW_BYTES)
            .addService(neighbour)
            .build()
            .start();
  }

  private void dial() {
    dial(server.getPort());
  }

  private void dial(int port) {
    outlet =
        new LiveOutlet<>(
            "feature-service",
            InetAddress.getLoopbackAddress().getHostAddress(),
            port,
            FeatureServiceGrpc.getHearMethod(),
            AudioBlock::getOrigin,
            echoes::add,
            drops::add);
    outlet.start();
  }

  private static AudioBlock block(long sequence) {
    return block("test", sequence);
  }

  private static AudioBlock block(String performer, long sequence) {
    AudioBlock.Builder block = AudioBlock.newBuilder();
    block.setOrigin(Origin.newBuilder().setPerformer(performer).setSequence(sequence));
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      block.addSamples(0.25f);
    }
    return block.build();
  }

  /** A feature-service that hears, echoes, and stalls when told. */
  private static final class Neighbour extends FeatureServiceGrpc.FeatureServiceImplBase {
    private final BlockingQueue<AudioBlock> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<ServerCallStreamObserver<Echo>> calls = new LinkedBlockingQueue<>();
    private volatile boolean stalled;
    private volatile ServerCallStreamObserver<Echo> current;

    void resume() {
      stalled = false;
      current.request(1);
    }

    @Override
    public StreamObserver<AudioBlock> hear(StreamObserver<Echo> response) {
      ServerCallStreamObserver<Echo> call = (ServerCallStreamObserver<Echo>) response;
      call.disableAutoRequest();
      current = call;
      calls.add(call);
      if (!stalled) {
        call.request(1);
      }
      return new StreamObserver<>() {
        @Override
        public void onNext(AudioBlock block) {
          heard.add(block);
          call.onNext(Echo.newBuilder().setOrigin(block.getOrigin()).build());
          call.request(1);
        }

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onCompleted() {
          call.onCompleted();
        }
      };
    }
  }
}
