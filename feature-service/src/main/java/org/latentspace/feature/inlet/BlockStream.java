package org.latentspace.feature.inlet;

import io.grpc.stub.StreamObserver;
import org.latentspace.feature.FeatureFlow;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.Verdict;
import org.latentspace.feature.wire.FeatureEchoes;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** One left-hand neighbour's blocks; a bad one is counted, logged once and skipped. */
final class BlockStream implements StreamObserver<AudioBlock> {
  private final FeatureFlow flow;
  private final FeatureEchoes echoes;
  private final RefusalLog refusals;
  private final EchoOutlet left;

  BlockStream(FeatureFlow flow, FeatureEchoes echoes, RefusalLog refusals, EchoOutlet left) {
    this.flow = flow;
    this.echoes = echoes;
    this.refusals = refusals;
    this.left = left;
  }

  @Override
  public void onNext(AudioBlock message) {
    long arrived = System.nanoTime();
    flow.arrived();
    try {
      if (Decoding.onlyTells(message)) {
        echoes.told(message.getOrigin().getPerformer(), message.getUpstreamList());
        flow.tell(message.getOrigin().getPerformer());
        return;
      }
      Block block = Decoding.block(message);
      echoes.follow(block.performer(), left);
      echoes.told(block.performer(), message.getUpstreamList());
      Verdict verdict = flow.hear(block, arrived);
      if (verdict == Verdict.NO_ROOM) {
        refuse(message, "no room for another performer (feature-service.max-performers)");
        flow.tellRefused(block);
      } else if (verdict == Verdict.OTHER_RATE) {
        refuse(message, "its sample rate changed to " + block.rate() + " Hz");
      }
    } catch (RuntimeException e) {
      refuse(message, e.getMessage());
    }
  }

  /** The sender of a lossless stream waits for an echo, even of a bad block. */
  private void refuse(AudioBlock message, String why) {
    flow.refuse();
    refusals.tell(message.getOrigin().getPerformer(), why);
    if (message.getOrigin().getLossless()) {
      left.offer(Echo.newBuilder().setOrigin(message.getOrigin()).build(), System.nanoTime());
    }
  }

  @Override
  public void onError(Throwable fault) {
    left.forget();
    echoes.forget(left);
  }

  @Override
  public void onCompleted() {
    left.complete();
    echoes.forget(left);
  }
}
