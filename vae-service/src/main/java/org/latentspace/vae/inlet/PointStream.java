package org.latentspace.vae.inlet;

import io.grpc.stub.StreamObserver;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.vae.VaeFlow;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.LiveThread;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.StageMeter;

/** Receives one neighbour's points: plays the valid ones, counts and skips the others. */
final class PointStream implements StreamObserver<LatentPoint> {
  private final VaeFlow flow;
  private final EchoRouter echoes;
  private final StageMeter stage;
  private final RefusalLog refusals;
  private final EchoOutlet left;
  // Of the live thread.
  private boolean due;

  PointStream(
      VaeFlow flow, EchoRouter echoes, StageMeter stage, RefusalLog refusals, EchoOutlet left) {
    this.flow = flow;
    this.echoes = echoes;
    this.stage = stage;
    this.refusals = refusals;
    this.left = left;
  }

  @Override
  public void onNext(LatentPoint point) {
    long arrivedNanos = System.nanoTime();
    stage.received();
    String fault = PointReader.fault(point);
    if (fault == null) {
      fault = play(point, arrivedNanos);
    }
    if (fault != null) {
      stage.refused();
      refusals.tell(point.getOrigin().getPerformer(), fault);
      // Skipped, not unanswered: the sender of a lossless stream waits for every echo.
      echoes.send(Echo.newBuilder().setOrigin(point.getOrigin()).build(), left);
    }
  }

  private String play(LatentPoint point, long arrivedNanos) {
    try {
      echoes.route(point.getOrigin().getPerformer(), left);
      if (!due) {
        due = true;
        // After all points that have come in already.
        LiveThread.afterwards(this::playBatch);
      }
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

  private void playBatch() {
    due = false;
    flow.playBatch();
  }

  @Override
  public void onError(Throwable gone) {
    echoes.release(left);
    left.forget();
  }

  @Override
  public void onCompleted() {
    flow.playBatch();
    echoes.release(left);
    left.complete();
  }
}
