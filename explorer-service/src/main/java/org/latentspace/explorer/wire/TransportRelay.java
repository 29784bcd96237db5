package org.latentspace.explorer.wire;

import io.grpc.stub.ServerCallStreamObserver;
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

  /** A call of vae-service. */
  public interface Question<Q> {
    void ask(VaeServiceGrpc.VaeServiceStub vae, Q request, StreamObserver<Transport> answer);
  }

  private volatile NeighbourLine neighbour = new NeighbourLine("vae-service", "127.0.0.1", 1);

  /** Where vae-service is; nobody is called yet. */
  public void open(String host, int port) {
    neighbour = new NeighbourLine("vae-service", host, port);
  }

  /** Asks vae-service this for a caller. */
  public <Q> BiConsumer<Q, ServerCallStreamObserver<Transport>> asks(Question<Q> question) {
    return (request, caller) ->
        neighbour.ask(
            caller,
            (channel, answer) ->
                question.ask(
                    VaeServiceGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
                    request,
                    answer));
  }

  void close(@Observes ShutdownEvent end) {
    neighbour.close();
  }
}
