package org.latentspace.vae.outlet;

import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.proto.KeepHeardReply;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.MidiGatewayGrpc.MidiGatewayStub;
import org.latentspace.proto.RecordingServiceGrpc;
import org.latentspace.vae.VaeConfig;
import org.latentspace.wire.NeighbourLine;

/** Hands questions and orders about the clock and the robots on to midi-gateway. */
@ApplicationScoped
public class GatewayLine {
  private static final int PATIENCE_S = 3;

  private final NeighbourLine gateway;

  /** Calls nobody yet. */
  @Inject
  public GatewayLine(VaeConfig config) {
    VaeConfig.MidiGateway there = config.midiGateway();
    gateway = new NeighbourLine("midi-gateway", there.host(), there.port());
  }

  /** Hands a call on, and its answer back. */
  public <A> void ask(
      StreamObserver<A> caller, BiConsumer<MidiGatewayStub, StreamObserver<A>> question) {
    gateway.ask(
        caller,
        (channel, answer) ->
            question.accept(
                MidiGatewayGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
                answer));
  }

  /** Hands the wish on that what was just heard be kept. */
  public void keepHeard(KeepHeardRequest request, StreamObserver<KeepHeardReply> caller) {
    gateway.ask(
        caller,
        (channel, answer) ->
            RecordingServiceGrpc.newStub(channel)
                .withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS)
                .keepHeard(request, answer));
  }

  void close(@Observes ShutdownEvent end) {
    gateway.close();
  }
}
