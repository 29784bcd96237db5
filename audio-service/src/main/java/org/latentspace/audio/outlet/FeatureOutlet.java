package org.latentspace.audio.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.latentspace.audio.sound.Block;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Sound;
import org.latentspace.audio.wire.AudioStage;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/**
 * Sends blocks to feature-service and takes its echo.
 *
 * <p>Live, every performer has a stream of its own: one that is late makes no other drop. In a
 * lossless run all share one stream, because the order of their blocks is a part of the result.
 */
@ApplicationScoped
public class FeatureOutlet {
  private static final String NEIGHBOUR = "feature-service";
  private static final long STATUS_NANOS = 1_000_000_000L;

  private final String host;
  private final int port;
  private final AudioStage stage;
  private final StageMeter meter;
  private final Map<String, Long> toldNanos = new ConcurrentHashMap<>();
  private volatile Map<String, LiveOutlet<AudioBlock, Echo>> byPerformer = Map.of();
  private volatile List<LiveOutlet<AudioBlock, Echo>> streams = List.of();
  private volatile Map<String, Performer> performers = Map.of();

  @Inject
  public FeatureOutlet(
      @ConfigProperty(name = "audio-service.feature-service.host") String host,
      @ConfigProperty(name = "audio-service.feature-service.port") int port,
      AudioStage stage) {
    this.host = host;
    this.port = port;
    this.stage = stage;
    meter = stage.meter();
    stage.echoes().describe(this::status);
  }

  /** Opens the streams. */
  public void open(Map<String, Performer> all, boolean lossless) {
    performers = all;
    Map<String, LiveOutlet<AudioBlock, Echo>> named = new HashMap<>();
    List<LiveOutlet<AudioBlock, Echo>> opened = new ArrayList<>();
    for (String performer : all.keySet()) {
      if (!lossless || opened.isEmpty()) {
        opened.add(stream());
      }
      named.put(performer, opened.get(opened.size() - 1));
    }
    byPerformer = Map.copyOf(named);
    streams = List.copyOf(opened);
    streams.forEach(LiveOutlet::start);
  }

  private LiveOutlet<AudioBlock, Echo> stream() {
    return new LiveOutlet<>(
        NEIGHBOUR,
        host,
        port,
        FeatureServiceGrpc.getHearMethod(),
        AudioBlock::getOrigin,
        this::echo,
        meter::dropped);
  }

  /** Never waits; false = it waits as the newest of its performer, or is lost and counted. */
  public boolean send(Block block) {
    long begin = System.nanoTime();
    String performer = block.origin().performer();
    boolean lossless = block.origin().lossless();
    LiveOutlet<AudioBlock, Echo> stream = byPerformer.get(performer);
    meter.received();
    AudioBlock.Builder built = message(block);
    if (!lossless && timeToTell(performer)) {
      built.addUpstream(status());
    }
    AudioBlock message = built.build();
    boolean sent = lossless ? stream.offerLossless(message) : stream.offer(message);
    if (sent) {
      meter.sent();
      meter.sinceCapture(performer, UnixClock.nanos() - block.origin().capturedNanos());
      meter.took(System.nanoTime() - begin);
    }
    return sent;
  }

  static AudioBlock.Builder message(Block block) {
    Sound sound = block.sound();
    AudioBlock.Builder message =
        AudioBlock.newBuilder()
            .setOrigin(OriginWire.write(block.origin()))
            .setSampleRate(sound.sampleRate());
    for (int i = 0; i < sound.count(); i++) {
      message.addSamples(sound.samples()[i]);
    }
    return message;
  }

  /**
   * A performer's input is missing, or is there again: the stages to the right, and the screen, are
   * told by a message without sound.
   */
  public void missing(Performer performer) {
    LiveOutlet<AudioBlock, Echo> stream = byPerformer.get(performer.name());
    if (stream != null && !performer.status().ok()) {
      Origin origin = Origin.newBuilder().setPerformer(performer.name()).build();
      stream.offer(AudioBlock.newBuilder().setOrigin(origin).addUpstream(status()).build());
    }
  }

  private boolean timeToTell(String performer) {
    long now = System.nanoTime();
    Long told = toldNanos.get(performer);
    if (told != null && now - told < STATUS_NANOS) {
      return false;
    }
    toldNanos.put(performer, now);
    return true;
  }

  private void echo(Echo echo) {
    Origin origin = echo.getOrigin();
    Performer performer = performers.get(origin.getPerformer());
    if (performer != null) {
      performer.echoed(origin.getSequence(), echo.getFinished());
    }
    stage.echoes().send(echo);
  }

  /** Status of this stage for the echo. */
  public StageStatus status() {
    String neighbour = neighbourStatus();
    String missing =
        performers.values().stream()
            .filter(one -> one.input().kind() == Input.Kind.DEVICE && !one.status().ok())
            .map(one -> one.name() + ": " + one.status().text())
            .collect(Collectors.joining("; "));
    meter.status(missing.isEmpty() || !neighbour.equals("ok") ? neighbour : missing);
    return meter.stageStatus();
  }

  public long sent() {
    return streams.stream().mapToLong(LiveOutlet::sent).sum();
  }

  public long redials() {
    return streams.stream().mapToLong(LiveOutlet::redials).sum();
  }

  /** True when every stream is open. */
  public boolean connected() {
    return streams.stream().allMatch(LiveOutlet::isConnected);
  }

  /** "ok", or what is wrong with the neighbour. */
  public String neighbourStatus() {
    return streams.stream()
        .filter(stream -> !stream.isConnected())
        .map(LiveOutlet::status)
        .findFirst()
        .orElse("ok");
  }

  /** Ends the streams. */
  public void close() {
    streams.forEach(LiveOutlet::close);
  }
}
