package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.Context;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Transport;

/** The line against a real server over loopback. */
class NeighbourLineTest {
  private Server server;
  private NeighbourLine line;

  @AfterEach
  void end() {
    line.close();
    server.shutdownNow();
  }

  private void serve(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(
                new MidiGatewayGrpc.MidiGatewayImplBase() {
                  @Override
                  public void getTransport(
                      GetTransportRequest request, StreamObserver<Transport> answer) {
                    answer.onNext(Transport.newBuilder().setBpm(99).build());
                    answer.onCompleted();
                  }

                  @Override
                  public void setTransport(Transport wanted, StreamObserver<Transport> answer) {
                    if (wanted.getBpm() < 0) {
                      answer.onError(
                          Status.UNAVAILABLE.withDescription("synth is gone").asRuntimeException());
                    } else if (wanted.getBpm() <= 300) {
                      getTransport(GetTransportRequest.getDefaultInstance(), answer);
                    } else {
                      answer.onError(
                          Status.OUT_OF_RANGE
                              .withDescription("bpm is " + wanted.getBpm() + ", expected 20..300")
                              .asRuntimeException());
                    }
                  }
                })
            .build()
            .start();
  }

  private double bpm() {
    return MidiGatewayGrpc.newBlockingStub(line.channel())
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .getTransport(GetTransportRequest.getDefaultInstance())
        .getBpm();
  }

  private Status.Code refusal() {
    return assertThrows(StatusRuntimeException.class, this::bpm).getStatus().getCode();
  }

  private boolean isAnswered() {
    try {
      return bpm() == 99;
    } catch (StatusRuntimeException away) {
      return false;
    }
  }

  @Test
  void aCallDoesNotEndWithTheOneOnWhoseBehalfItWasBegun() throws Exception {
    serve(0);
    line = new NeighbourLine("midi-gateway", "127.0.0.1", server.getPort());
    Context.CancellableContext answered = Context.current().withCancellation();
    answered.cancel(null);
    assertEquals(99, answered.call(this::bpm));
  }

  @Test
  void aNeighbourThatIsBackIsHeardWithoutTheChannelsPauses() throws Exception {
    serve(0);
    int port = server.getPort();
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    line = new NeighbourLine("midi-gateway", "127.0.0.1", port);
    // So many refusals in a row would let the channel pause for minutes.
    for (int i = 0; i < 20; i++) {
      assertEquals(Status.Code.UNAVAILABLE, refusal());
    }
    serve(port);
    until("the neighbour answers", 5, this::isAnswered);
    assertEquals(99, bpm());
  }

  @Test
  void handsAQuestionOnAndTheAnswerOrWhatIsWrongBack() throws Exception {
    serve(0);
    line = new NeighbourLine("midi-gateway", "127.0.0.1", server.getPort());
    assertEquals(99, ask(20).get(10, TimeUnit.SECONDS).getBpm());
    Status refused = refusalOf(ask(301));
    assertEquals(Status.Code.OUT_OF_RANGE, refused.getCode());
    assertEquals("bpm is 301.0, expected 20..300", refused.getDescription());
    assertEquals(line + ": synth is gone", refusalOf(ask(-1)).getDescription());
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    Status away = refusalOf(ask(20));
    assertEquals(Status.Code.UNAVAILABLE, away.getCode());
    assertTrue(away.getDescription().startsWith(line + ": "), away.getDescription());
  }

  private CompletableFuture<Transport> ask(double bpm) {
    CompletableFuture<Transport> answer = new CompletableFuture<>();
    line.ask(
        new StreamObserver<Transport>() {
          @Override
          public void onNext(Transport transport) {
            answer.complete(transport);
          }

          @Override
          public void onError(Throwable fault) {
            answer.completeExceptionally(fault);
          }

          @Override
          public void onCompleted() {}
        },
        (channel, caller) ->
            MidiGatewayGrpc.newStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .setTransport(Transport.newBuilder().setBpm(bpm).build(), caller));
    return answer;
  }

  private static Status refusalOf(CompletableFuture<Transport> answer) {
    ExecutionException fault =
        assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS));
    return Status.fromThrowable(fault);
  }

  @Test
  void isDialledWithTheFirstCallAndEndsWithItsCalls() throws Exception {
    serve(0);
    line = new NeighbourLine("midi-gateway", "127.0.0.1", server.getPort());
    assertEquals("midi-gateway at 127.0.0.1:" + server.getPort(), line.toString());
    line.close();
    assertEquals(99, bpm(), "there was nothing to close");
    line.close();
    assertTrue(line.channel().isShutdown());
    assertEquals(Status.Code.UNAVAILABLE, refusal());
  }
}
