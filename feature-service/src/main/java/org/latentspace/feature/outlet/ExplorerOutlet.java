package org.latentspace.feature.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.wire.FeatureStage;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Sends frames to explorer-service, never waits for it, and measures this stage. */
@ApplicationScoped
public class ExplorerOutlet {
  private final Listeners listeners;
  private final FeatureStage stage;
  private final StageMeter meter;
  private final OnsetCount onsets = new OnsetCount();
  private final LiveOutlet<FeatureFrame, Echo> explorer;

  /** Called by {@link #start} only. */
  @Inject
  public ExplorerOutlet(
      @ConfigProperty(name = "feature-service.explorer-service.host") String host,
      @ConfigProperty(name = "feature-service.explorer-service.port") int port,
      Listeners listeners,
      FeatureStage stage) {
    this.listeners = listeners;
    this.stage = stage;
    meter = stage.meter();
    explorer =
        new LiveOutlet<>(
            "explorer-service",
            host,
            port,
            ExplorerServiceGrpc.getExploreMethod(),
            FeatureFrame::getOrigin,
            stage.echoes()::send,
            meter::dropped);
    stage.echoes().describe(this::status);
  }

  /** Calls explorer-service, and again whenever it is gone. */
  public void start() {
    explorer.start();
  }

  /** The stream to explorer-service. */
  public LiveOutlet<FeatureFrame, Echo> stream() {
    return explorer;
  }

  /** Sends what was heard in a frame that this block completed. */
  public void send(Block block, FrameFeatures heard, long arrivedNanos) {
    Origin origin = block.origin();
    FeatureFrame.Builder frame = Encoding.frame(block, heard);
    onsets.tell(frame);
    List<StageStatus> before = stage.news(origin.performer());
    if (before != null) {
      frame.addAllUpstream(before).addUpstream(status());
    }
    if (origin.lossless()) {
      explorer.offerLossless(frame.build());
    } else {
      explorer.offer(frame.build());
      meter.sinceCapture(origin.performer(), UnixClock.nanos() - origin.capturedNanos());
      if (!explorer.isConnected()) {
        tell(block);
      }
    }
    meter.took(System.nanoTime() - arrivedNanos);
  }

  /** Hands on what was told of a performer of whom there is no sound. */
  public void tell(String performer) {
    List<StageStatus> before = stage.news(performer);
    if (before != null) {
      explorer.offer(
          FeatureFrame.newBuilder()
              .setOrigin(org.latentspace.proto.Origin.newBuilder().setPerformer(performer))
              .addAllUpstream(before)
              .addUpstream(status())
              .build());
    }
  }

  /** Echoes a block about which the right-hand side will say nothing. */
  public void unframed(Block block) {
    if (block.origin().lossless() || !explorer.isConnected()) {
      tell(block);
    }
  }

  /** Echoes a block with nothing but what this stage says of itself. */
  public void tell(Block block) {
    stage.echoes().send(Echo.newBuilder().setOrigin(OriginWire.write(block.origin())).build());
  }

  /** What this stage says of itself. */
  public StageStatus status() {
    String neighbour = explorer.status();
    meter.status(neighbour.equals("ok") ? listeners.status(System.nanoTime()) : neighbour);
    return meter.stageStatus().toBuilder().setSent(explorer.sent()).build();
  }

  /** Ends the stream. */
  public void close() {
    explorer.close();
  }
}
