package org.latentspace.feature.outlet;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.wire.FeatureEchoes;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Sends frames to explorer-service, never waits for it, and measures this stage. */
@ApplicationScoped
public class ExplorerOutlet {
  private static final String NEIGHBOUR = "explorer-service";
  private static final long STATUS_NANOS = 200_000_000L;

  private final FeatureEchoes echoes;
  private final StageMeter meter = new StageMeter("feature-service");
  private volatile LiveOutlet<FeatureFrame, Echo> explorer;
  private volatile Supplier<String> room = () -> "ok";
  private volatile StageStatus status = meter.stageStatus();
  private volatile String told = "";
  private volatile long statusNanos = System.nanoTime();

  @Inject
  public ExplorerOutlet(FeatureEchoes echoes) {
    this.echoes = echoes;
  }

  /** Who says "ok", or which performer found no room. */
  public void describe(Supplier<String> roomForPerformers) {
    room = roomForPerformers;
  }

  /** Calls explorer-service, and again whenever it is gone. */
  public void open(String host, int port) {
    LiveOutlet<FeatureFrame, Echo> outlet =
        new LiveOutlet<>(
            NEIGHBOUR,
            host,
            port,
            (channel, echo) ->
                ExplorerServiceGrpc.newStub(channel)
                    .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                    .explore(echo),
            FeatureFrame::getOrigin,
            echo -> echoes.offer(echo, this::recentStatus),
            meter::dropped);
    explorer = outlet;
    outlet.start();
  }

  /** Sends what was heard in a frame that this block completed. */
  public void send(Block block, FrameFeatures heard, long arrivedNanos) {
    LiveOutlet<FeatureFrame, Echo> outlet = explorer;
    if (outlet == null) {
      meter.dropped(block.performer());
      return;
    }
    FeatureFrame frame = withNews(block, Encoding.frame(block, heard));
    if (block.lossless()) {
      outlet.offerLossless(frame);
    } else {
      outlet.offer(frame);
      meter.sinceCapture(block.performer(), UnixClock.nanos() - block.capturedNanos());
      if (!outlet.isConnected()) {
        unframed(block);
      }
    }
    meter.took(System.nanoTime() - arrivedNanos);
  }

  /** Hands on what was told of a performer of whom there is no sound. */
  public void tell(String performer) {
    LiveOutlet<FeatureFrame, Echo> outlet = explorer;
    List<StageStatus> before = echoes.news(performer);
    if (outlet != null && before != null) {
      outlet.offer(
          FeatureFrame.newBuilder()
              .setOrigin(Origin.newBuilder().setPerformer(performer))
              .addAllUpstream(before)
              .addUpstream(recentStatus())
              .build());
    }
  }

  private FeatureFrame withNews(Block block, FeatureFrame frame) {
    List<StageStatus> before = echoes.news(block.performer());
    if (before == null) {
      return frame;
    }
    return frame.toBuilder().addAllUpstream(before).addUpstream(recentStatus()).build();
  }

  /** Echoes a block about which the right-hand side will say nothing. */
  public void unframed(Block block) {
    if (block.lossless() || !isConnected()) {
      tell(block);
    }
  }

  /** Echoes a block with nothing but what this stage says of itself. */
  public void tell(Block block) {
    echoes.own(Encoding.origin(block, block.last()), this::recentStatus);
  }

  /** A block has arrived. */
  public void received() {
    meter.received();
  }

  /** A block was bad, or there was no room for its performer. */
  public void refused() {
    meter.refused();
  }

  /** Shows the time since the capture on this metrics page. */
  public void show(MeterRegistry page) {
    meter.show(page);
  }

  /** What this stage says of itself. */
  public StageStatus stageStatus() {
    meter.status(status().equals("ok") ? room.get() : status());
    LiveOutlet<FeatureFrame, Echo> outlet = explorer;
    if (outlet == null) {
      return meter.stageStatus();
    }
    return meter.stageStatus().toBuilder().setSent(outlet.sent()).build();
  }

  /** The status, renewed a few times a second: reading histograms costs. */
  private StageStatus recentStatus() {
    long now = System.nanoTime();
    String neighbour = status();
    if (now - statusNanos >= STATUS_NANOS || !neighbour.equals(told)) {
      told = neighbour;
      statusNanos = now;
      status = stageStatus();
    }
    return status;
  }

  public long receivedCount() {
    return meter.receivedCount();
  }

  public long refusedCount() {
    return meter.refusedCount();
  }

  public long sentCount() {
    return explorer == null ? 0 : explorer.sent();
  }

  public long droppedCount() {
    return meter.droppedCount();
  }

  public long redials() {
    return explorer == null ? 0 : explorer.redials();
  }

  public boolean isConnected() {
    return explorer != null && explorer.isConnected();
  }

  /** "ok", or what is wrong with explorer-service. */
  public String status() {
    return explorer == null ? NEIGHBOUR + " not called yet" : explorer.status();
  }

  /** Ends the stream. */
  public void close() {
    if (explorer != null) {
      explorer.close();
    }
  }
}
