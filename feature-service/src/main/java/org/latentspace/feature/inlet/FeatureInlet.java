package org.latentspace.feature.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.latentspace.feature.FeatureFlow;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.Listeners.Verdict;
import org.latentspace.feature.wire.FeatureStage;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** The door through which sound comes in. */
@Singleton
public class FeatureInlet extends FeatureServiceGrpc.FeatureServiceImplBase {
  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(FeatureInlet.class), "block");

  @Inject FeatureFlow flow;
  @Inject FeatureStage stage;

  @Override
  public StreamObserver<AudioBlock> hear(StreamObserver<Echo> echo) {
    return new BlockStream(echo);
  }

  /** One left-hand neighbour's blocks; a bad one is counted, logged once and skipped. */
  private final class BlockStream implements StreamObserver<AudioBlock> {
    private final EchoOutlet left;

    BlockStream(StreamObserver<Echo> echo) {
      left = new EchoOutlet(echo);
    }

    @Override
    public void onNext(AudioBlock message) {
      long arrived = System.nanoTime();
      stage.meter().received();
      try {
        if (Decoding.onlyTells(message)) {
          stage.told(message.getOrigin().getPerformer(), message.getUpstreamList());
          flow.tell(message.getOrigin().getPerformer());
          return;
        }
        Block block = Decoding.block(message);
        stage.echoes().route(block.origin().performer(), left);
        stage.told(block.origin().performer(), message.getUpstreamList());
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
      stage.meter().refused();
      refusals.tell(message.getOrigin().getPerformer(), why);
      if (message.getOrigin().getLossless()) {
        left.offer(Echo.newBuilder().setOrigin(message.getOrigin()).build(), System.nanoTime());
      }
    }

    @Override
    public void onError(Throwable fault) {
      left.forget();
      stage.echoes().release(left);
    }

    @Override
    public void onCompleted() {
      left.complete();
      stage.echoes().release(left);
    }
  }
}
