package org.latentspace.explorer.wire;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.explorer.ExplorerConfig;
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

  private final NeighbourLine neighbour;

  /** Calls nobody yet. */
  @Inject
  public TransportRelay(ExplorerConfig config) {
    ExplorerConfig.VaeService vae = config.vaeService();
    neighbour = new NeighbourLine("vae-service", vae.host(), vae.port());
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
