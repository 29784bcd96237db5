package org.latentspace.explorer.wire;

import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.wire.NeighbourLine;

/** Hands questions and orders about the transport on to vae-service, and its answers back. */
@ApplicationScoped
public class TransportRelay {
  private static final int PATIENCE_S = 3;

  private volatile NeighbourLine neighbour = new NeighbourLine("vae-service", "127.0.0.1", 1);

  /** Where vae-service is; nobody is called yet. */
  public void open(String host, int port) {
    neighbour = new NeighbourLine("vae-service", host, port);
  }

  /** Asks vae-service for a caller. */
  public void ask(
      StreamObserver<Transport> caller,
      BiConsumer<VaeServiceGrpc.VaeServiceStub, StreamObserver<Transport>> question) {
    neighbour.ask(
        caller,
        (channel, answer) ->
            question.accept(
                VaeServiceGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
                answer));
  }

  void close(@Observes ShutdownEvent end) {
    neighbour.close();
  }
}
