package org.latentspace.vae.inlet;

import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Transport;
import org.latentspace.vae.VaeConfig;
import org.latentspace.wire.NeighbourLine;

/** Hands calls about the transport on to midi-gateway, and its answers back. */
@Singleton
public class TransportRelay {
  private static final int PATIENCE_S = 3;

  private final NeighbourLine gateway;

  @Inject
  TransportRelay(VaeConfig config) {
    gateway =
        new NeighbourLine("midi-gateway", config.midiGateway().host(), config.midiGateway().port());
  }

  /** Asks midi-gateway for a caller. */
  void ask(
      StreamObserver<Transport> caller,
      BiConsumer<MidiGatewayGrpc.MidiGatewayStub, StreamObserver<Transport>> question) {
    gateway.ask(
        caller,
        (channel, answer) ->
            question.accept(
                MidiGatewayGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
                answer));
  }

  void close(@Observes ShutdownEvent end) {
    gateway.close();
  }
}
