package org.latentspace.explorer.inlet;

import io.grpc.stub.StreamObserver;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** One left-hand neighbour's frames; a bad one is counted, logged once and skipped. */
final class FrameStream implements StreamObserver<FeatureFrame> {
  private final ExplorerFlow flow;
  private final ExplorerEchoes echoes;
  private final RefusalLog refusals;
  private final EchoOutlet left;

  FrameStream(ExplorerFlow flow, ExplorerEchoes echoes, RefusalLog refusals, EchoOutlet left) {
    this.flow = flow;
    this.echoes = echoes;
    this.refusals = refusals;
    this.left = left;
  }

  @Override
  public void onNext(FeatureFrame message) {
    long arrived = System.nanoTime();
    echoes.stage().received();
    try {
      if (Decoding.onlyTells(message)) {
        echoes.missing(message.getOrigin().getPerformer(), message.getUpstreamList(), arrived);
        return;
      }
      Frame frame = Decoding.frame(message);
      echoes.follow(frame.origin().performer(), left);
      echoes.told(frame.origin().performer(), message.getUpstreamList());
      echoes.refused(frame.origin().performer(), Decoding.refusedSenses(message));
      if (!flow.hear(frame, arrived)) {
        refuse(message, "no room for another performer (explorer-service.max-performers)");
      }
    } catch (RuntimeException e) {
      refuse(message, e.getMessage());
    }
  }

  /** The sender of a lossless stream waits for an echo, even of a bad frame. */
  private void refuse(FeatureFrame message, String why) {
    echoes.stage().refused();
    refusals.tell(message.getOrigin().getPerformer(), why);
    if (message.getOrigin().getLossless()) {
      left.offer(Echo.newBuilder().setOrigin(message.getOrigin()).build(), System.nanoTime());
    }
  }

  @Override
  public void onError(Throwable fault) {
    left.forget();
  }

  @Override
  public void onCompleted() {
    left.complete();
  }
}
