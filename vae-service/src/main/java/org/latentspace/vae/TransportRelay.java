package org.latentspace.vae;

import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Transport;
import org.latentspace.wire.NeighbourLine;

/** Hands questions and orders about the transport on to midi-gateway, and its answers back. */
@ApplicationScoped
public class TransportRelay {
  private static final int PATIENCE_S = 3;

  private volatile NeighbourLine neighbour = new NeighbourLine("midi-gateway", "127.0.0.1", 1);

  /** Where midi-gateway is; nobody is called yet. */
  public void open(String host, int port) {
    neighbour = new NeighbourLine("midi-gateway", host, port);
  }

  /** Asks midi-gateway for a caller. */
  public void ask(
      StreamObserver<Transport> caller,
      BiConsumer<MidiGatewayGrpc.MidiGatewayStub, StreamObserver<Transport>> question) {
    neighbour.ask(
        caller,
        (channel, answer) ->
            question.accept(
                MidiGatewayGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
                answer));
  }

  void close(@Observes ShutdownEvent end) {
    neighbour.close();
  }
}
