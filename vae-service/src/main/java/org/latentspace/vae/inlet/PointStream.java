package org.latentspace.vae.inlet;

import io.grpc.stub.StreamObserver;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.vae.VaeEchoes;
import org.latentspace.vae.VaeFlow;
import org.latentspace.vae.VaeMeter;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** Receives one neighbour's points: plays the valid ones, counts and skips the others. */
final class PointStream implements StreamObserver<LatentPoint> {
  private final VaeFlow flow;
  private final VaeEchoes echoes;
  private final VaeMeter meter;
  private final RefusalLog refusals;
  private final EchoOutlet left;

  PointStream(
      VaeFlow flow, VaeEchoes echoes, VaeMeter meter, RefusalLog refusals, EchoOutlet left) {
    this.flow = flow;
    this.echoes = echoes;
    this.meter = meter;
    this.refusals = refusals;
    this.left = left;
  }

  @Override
  public void onNext(LatentPoint point) {
    long arrivedNanos = System.nanoTime();
    meter.stage().received();
    String fault = PointReader.fault(point);
    if (fault == null) {
      fault = play(point, arrivedNanos);
    }
    if (fault != null) {
      meter.stage().refused();
      refusals.tell(point.getOrigin().getPerformer(), fault);
      // Skipped, not unanswered: the sender of a lossless stream waits for every echo.
      echoes.hand(Echo.newBuilder().setOrigin(point.getOrigin()).build(), left);
    }
  }

  private String play(LatentPoint point, long arrivedNanos) {
    try {
      echoes.route(point.getOrigin().getPerformer(), left);
      if (!flow.play(PointReader.read(point), arrivedNanos)) {
        refusals.tell(
            point.getOrigin().getPerformer(),
            "no room for another performer (vae-service.max-performers)");
      }
      return null;
    } catch (RuntimeException e) {
      // One point that finds a fault in this program must not end the others' stream.
      return e.toString();
    }
  }

  @Override
  public void onError(Throwable gone) {
    echoes.forget(left);
    left.forget();
  }

  @Override
  public void onCompleted() {
    echoes.forget(left);
    left.complete();
  }
}
