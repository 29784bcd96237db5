package org.latentspace.explorer.outlet;

import io.grpc.Channel;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.ExplorerWire;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.GatewayRelayGrpc;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.RhythmServiceGrpc;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.NeighbourLine;

/**
 * Hands points on to vae-service and never waits for it, and questions and orders about the
 * transport, whose answers come back.
 */
@ApplicationScoped
public class PointOutlet {
  private static final int PATIENCE_S = 3;

  private final LiveOutlet<LatentPoint, Echo> vaeService;
  private final NeighbourLine questions;
  private final ExplorerEchoes echoes;
  private final Performers performers;

  /** What can be asked of vae-service, and by it of midi-gateway. */
  public record VaeStubs(
      VaeServiceGrpc.VaeServiceStub vae,
      RhythmServiceGrpc.RhythmServiceStub rhythms,
      GatewayRelayGrpc.GatewayRelayStub gateway) {
    private static VaeStubs on(Channel channel) {
      return new VaeStubs(
          VaeServiceGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
          RhythmServiceGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS),
          GatewayRelayGrpc.newStub(channel).withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS));
    }
  }

  /** A call of vae-service that is made for a caller. */
  public interface Question<Q, A> {
    void ask(VaeStubs vae, Q request, StreamObserver<A> answer);
  }

  /** Calls nobody yet. */
  @Inject
  public PointOutlet(ExplorerConfig config, ExplorerEchoes echoes, Performers performers) {
    this.echoes = echoes;
    this.performers = performers;
    String host = config.vaeService().host();
    int port = config.vaeService().port();
    questions = new NeighbourLine("vae-service", host, port);
    vaeService =
        new LiveOutlet<>(
            "vae-service",
            host,
            port,
            VaeServiceGrpc.getPlayMethod(),
            LatentPoint::getOrigin,
            echoes::returned,
            echoes.stage()::dropped);
    echoes.describe(this::stageStatus, vaeService::status);
  }

  /** Calls vae-service, and again whenever it is gone. */
  public void open() {
    vaeService.start();
  }

  /** The line to vae-service: what it sent and dropped, and how it is. */
  public LiveOutlet<LatentPoint, Echo> vaeService() {
    return vaeService;
  }

  /**
   * Hands a place on.
   *
   * @return false when it waits for vae-service and may be dropped for a newer one
   */
  public boolean send(Origin origin, Place place) {
    LatentPoint point = ExplorerWire.point(origin, place);
    return origin.lossless() ? vaeService.offerLossless(point) : vaeService.offer(point);
  }

  /** Asks vae-service this for a caller. */
  public <Q, A> BiConsumer<Q, ServerCallStreamObserver<A>> asks(Question<Q, A> question) {
    return (request, caller) ->
        questions.ask(
            caller, (channel, answer) -> question.ask(VaeStubs.on(channel), request, answer));
  }

  /** Asks vae-service something; fails with what is wrong. */
  public <A> CompletionStage<A> ask(BiConsumer<VaeStubs, StreamObserver<A>> question) {
    FutureAnswer<A> caller = new FutureAnswer<>();
    questions.ask(caller, (channel, answer) -> question.accept(VaeStubs.on(channel), answer));
    return caller.answer;
  }

  /** The one answer of a call, when it is there. */
  private static final class FutureAnswer<A> implements StreamObserver<A> {
    private final CompletableFuture<A> answer = new CompletableFuture<>();

    @Override
    public void onNext(A value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable fault) {
      answer.completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {
      // The answer came before.
    }
  }

  /** What this stage says of itself. */
  private StageStatus stageStatus() {
    String room = performers.status(System.nanoTime());
    String status = vaeService.status();
    echoes.stage().status(status.equals("ok") ? room : status);
    return echoes.stage().stageStatus().toBuilder().setSent(vaeService.sent()).build();
  }

  void close(@Observes ShutdownEvent end) {
    vaeService.close();
    questions.close();
  }
}
