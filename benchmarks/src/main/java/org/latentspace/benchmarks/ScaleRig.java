package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.WatchRequest;

/**
 * Question: how do the time from capture to rhythm, the drops, the processor and the memory of one
 * {@code ./play} grow with its performers? Draws benchmarks/target/growth.svg.
 */
public final class ScaleRig {
  private static final int PORT = 18_400;
  private static final int WARM_UP_S = 25;
  private static final int WINDOW_S = 10;
  private static final int RATE = 44_100;
  private static final String SILENT = "silent";
  private static final String TIMES = "x";
  private static final List<String> COUNTED = List.of("audio-", "feature-", "explorer-", "vae-");

  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", PORT + 1000).usePlaintext().build();

  private ScaleRig() {}

  /**
   * Arguments: seconds to measure (60), the numbers of performers with commas (1,8,16,32; with
   * "silent" behind a number they do not play; 8x2: they lead two ensembles), then settings as
   * -Dkey=value.
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    String counts = arguments.length > 1 ? arguments[1] : "1,8,16,32";
    List<String> settings =
        Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
    System.out.println(
        "performers  p50 ms  p99 ms  worst p99  dropped  % core each  MB/s  longest gc ms  MB");
    List<GrowthDrawing.Measured> cores = new ArrayList<>();
    for (String count : counts.split(",")) {
      double core = new ScaleRig().measure(count, seconds, settings);
      if (!count.endsWith(SILENT) && !count.contains(TIMES)) {
        cores.add(new GrowthDrawing.Measured(Integer.parseInt(count), core));
      }
    }
    if (cores.size() > 1) {
      GrowthDrawing.write(
          Path.of("benchmarks/target/growth.svg"), "processor, in % of one core", cores);
    }
  }

  /** Answers how much of a core it took, in %. */
  private double measure(String count, int seconds, List<String> settings) throws Exception {
    String[] numbers = count.replace(SILENT, "").split(TIMES);
    int performers = Integer.parseInt(numbers[0]);
    String input = count.endsWith(SILENT) ? silence().toString() : "synthetic";
    List<String> all = new ArrayList<>(Product.performers(performers, input));
    all.add("-Daudio-service.loop=true");
    if (numbers.length > 1) {
      all.add("-Dinstallation.file=" + ensembles(performers, Integer.parseInt(numbers[1])));
    }
    all.addAll(settings);
    try (Product product = Product.inOneProcess(PORT, all)) {
      TimeUnit.SECONDS.sleep(WARM_UP_S);
      long dropped = dropped(echo());
      double used = product.processorSeconds();
      int collections = product.collections(0).count();
      List<Double> p50 = new ArrayList<>();
      List<Double> p99 = new ArrayList<>();
      for (int second = 0; second < seconds; second += WINDOW_S) {
        TimeUnit.SECONDS.sleep(WINDOW_S);
        StageStatus gateway = stage(echo(), "midi-gateway");
        p50.add(gateway.getSinceCapture().getP50Us() / 1e3);
        p99.add(gateway.getSinceCapture().getP99Us() / 1e3);
      }
      double share = (product.processorSeconds() - used) / seconds / performers;
      Product.Collections gc = product.collections(collections);
      System.out.printf(
          Locale.ROOT,
          "%10s  %6.2f  %6.2f  %9.2f  %7d  %11.2f  %4.1f  %13.1f  %d%n",
          count,
          median(p50),
          median(p99),
          Collections.max(p99),
          dropped(echo()) - dropped,
          100 * share,
          gc.allocatedMb() / (double) seconds,
          gc.longestMs(),
          product.residentMb());
      return 100 * share * performers;
    } finally {
      channel.shutdownNow();
    }
  }

  /** An installation of so many ensembles, among which the performers are divided. */
  private static Path ensembles(int performers, int count) throws IOException {
    StringBuilder text = new StringBuilder("ensembles:\n");
    for (int i = 0; i < count; i++) {
      int own = i;
      String leaders =
          IntStream.rangeClosed(1, performers)
              .filter(p -> p % count == own)
              .mapToObj(p -> "p" + p)
              .collect(Collectors.joining(", "));
      text.append("  ensemble-%d: {performers: [%s]}%n".formatted(i + 1, leaders));
    }
    return Files.writeString(Path.of("benchmarks/target/ensembles.yaml").toAbsolutePath(), text);
  }

  /** A recording of ten seconds without a sound. */
  private static Path silence() throws IOException {
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    byte[] samples = new byte[10 * RATE * 2];
    Path file = Path.of("benchmarks/target/silence.wav").toAbsolutePath();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return file;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static long dropped(Echo echo) {
    return echo.getStagesList().stream()
        .filter(stage -> COUNTED.stream().anyMatch(stage.getStage()::startsWith))
        .mapToLong(StageStatus::getDropped)
        .sum();
  }

  private static StageStatus stage(Echo echo, String name) {
    return echo.getStagesList().stream()
        .filter(stage -> stage.getStage().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** One with what all stages say. */
  private Echo echo() {
    Iterator<Echo> echoes =
        ExplorerServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .watch(WatchRequest.getDefaultInstance());
    while (echoes.hasNext()) {
      Echo echo = echoes.next();
      List<String> said = echo.getStagesList().stream().map(StageStatus::getStage).toList();
      if (said.contains("midi-gateway") && said.contains("audio-service")) {
        return echo;
      }
    }
    throw new IllegalStateException("no echo of all stages");
  }
}
