package org.latentspace.audio.outlet;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.latentspace.audio.sound.Block;
import org.latentspace.audio.sound.EchoProgress;
import org.latentspace.audio.sound.InputStatus;
import org.latentspace.audio.sound.Sound;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.LiveOutlet;
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
  private static final String STAGE = "audio-service";
  private static final String NEIGHBOUR = "feature-service";
  private static final long STATUS_NANOS = 1_000_000_000L;

  private final String host;
  private final int port;
  private final EchoRouter pushers;
  private final StageMeter meter = new StageMeter(STAGE);
  private final Map<String, Long> toldNanos = new ConcurrentHashMap<>();
  private final Map<String, String> missing = new ConcurrentSkipListMap<>();
  private volatile Map<String, LiveOutlet<AudioBlock, Echo>> byPerformer = Map.of();
  private volatile List<LiveOutlet<AudioBlock, Echo>> streams = List.of();
  private volatile Consumer<EchoProgress> echoed = heard -> {};

  @Inject
  public FeatureOutlet(
      @ConfigProperty(name = "audio-service.feature-service.host") String host,
      @ConfigProperty(name = "audio-service.feature-service.port") int port,
      @Named(STAGE) EchoRouter pushers) {
    this.host = host;
    this.port = port;
    this.pushers = pushers;
    pushers.describe(this::status);
  }

  /** The echoes of callers that push sound: one caller a performer. */
  @Produces
  @Singleton
  @Named(STAGE)
  static EchoRouter pushers() {
    return new EchoRouter();
  }

  /** Opens the streams. */
  public void open(List<String> performers, boolean lossless, Consumer<EchoProgress> onEcho) {
    echoed = onEcho;
    Map<String, LiveOutlet<AudioBlock, Echo>> named = new HashMap<>();
    List<LiveOutlet<AudioBlock, Echo>> opened = new ArrayList<>();
    for (String performer : performers) {
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
        (channel, echo) ->
            FeatureServiceGrpc.newStub(channel)
                .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                .hear(echo),
        AudioBlock::getOrigin,
        this::echo,
        meter::dropped);
  }

  /** Never waits; false = it waits as the newest of its performer, or is lost and counted. */
  public boolean send(Block block) {
    long begin = System.nanoTime();
    LiveOutlet<AudioBlock, Echo> stream = byPerformer.get(block.performer());
    meter.received();
    AudioBlock message = encode(block);
    boolean sent = block.lossless() ? stream.offerLossless(message) : stream.offer(message);
    if (sent) {
      meter.sent();
      meter.sinceCapture(block.performer(), UnixClock.nanos() - block.sound().capturedNanos());
      meter.took(System.nanoTime() - begin);
    }
    return sent;
  }

  private AudioBlock encode(Block block) {
    AudioBlock.Builder message = message(block);
    if (!block.lossless() && timeToTell(block.performer())) {
      message.addUpstream(status());
    }
    return message.build();
  }

  static AudioBlock.Builder message(Block block) {
    Sound sound = block.sound();
    AudioBlock.Builder message =
        AudioBlock.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer(block.performer())
                    .setSequence(block.sequence())
                    .setCapturedNanos(sound.capturedNanos())
                    .setSoundNanos(block.soundNanos())
                    .setLossless(block.lossless())
                    .setLast(block.last()))
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
  public void missing(String performer, InputStatus input) {
    if (input.ok()) {
      missing.remove(performer);
    } else {
      missing.put(performer, performer + ": " + input.text());
    }
    LiveOutlet<AudioBlock, Echo> stream = byPerformer.get(performer);
    if (stream != null && !input.ok()) {
      Origin origin = Origin.newBuilder().setPerformer(performer).build();
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
    echoed.accept(
        new EchoProgress(origin.getPerformer(), origin.getSequence(), echo.getFinished()));
    pushers.send(echo);
  }

  /** A block from outside was bad. */
  public void refused() {
    meter.refused();
  }

  /** Shows the time since the capture on this metrics page. */
  public void show(MeterRegistry page) {
    meter.show(page);
  }

  /** Status of this stage for the echo. */
  public StageStatus status() {
    String neighbour = neighbourStatus();
    boolean whole = missing.isEmpty() || !neighbour.equals("ok");
    meter.status(whole ? neighbour : String.join("; ", missing.values()));
    return meter.stageStatus();
  }

  public long sent() {
    return streams.stream().mapToLong(LiveOutlet::sent).sum();
  }

  public long dropped() {
    return meter.droppedCount();
  }

  public long redials() {
    return streams.stream().mapToLong(LiveOutlet::redials).sum();
  }

  public long numbered() {
    return meter.receivedCount();
  }

  public long refusals() {
    return meter.refusedCount();
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
