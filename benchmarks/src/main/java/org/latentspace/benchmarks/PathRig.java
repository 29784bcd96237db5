package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.Latency;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.WatchRequest;

/**
 * Question: how much later than bare hops and a bare timing thread does the product hand a rhythm
 * to the clock and strike? The product (built-in performer, no output) and the floors run in two
 * processes at the same time, so both see the same machine.
 */
public final class PathRig {
  private static final int WARM_UP_S = 20;

  // Six compilers share the processors.
  private static final int SIX_WARM_UP_S = 90;
  private static final int WINDOW_S = 10;
  private static final int PORT = 18_080;
  private static final int GRPC_PORT = PORT + 1000;

  private final List<double[]> paths = new ArrayList<>();
  private final List<double[]> strokes = new ArrayList<>();
  private final List<double[]> bareHops = new ArrayList<>();
  private final List<double[]> bareTimers = new ArrayList<>();

  private final boolean six;
  private final boolean withJob;

  private PathRig(boolean six, boolean withJob) {
    this.six = six;
    this.withJob = withJob;
  }

  /** The medians of path, hops, strokes and bare thread: p50, p99, max each. */
  private record Medians(double[] path, double[] hops, double[] stroke, double[] timer) {}

  /**
   * Arguments: seconds to measure (60), bpm (240: so fast that a window holds hundreds of strokes,
   * as many as the bare thread has moments), "six" for six services in processes of their own,
   * "job" to measure once more while a training job runs, and settings as -Dkey=value.
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    String bpm = arguments.length > 1 ? arguments[1] : "240";
    List<String> further =
        Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
    List<String> settings = new ArrayList<>(List.of("-Dmidi-gateway.bpm=" + bpm));
    further.stream().filter(setting -> setting.startsWith("-")).forEach(settings::add);
    new PathRig(further.contains("six"), further.contains("job")).measure(seconds, bpm, settings);
  }

  private static Product product(List<String> settings, boolean six) throws IOException {
    return six ? Product.inSixProcesses(PORT, settings) : Product.inOneProcess(PORT, settings);
  }

  private void measure(int seconds, String bpm, List<String> settings) throws Exception {
    Process floor = floor(bpm);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", GRPC_PORT).usePlaintext().build();
    try (Product product = product(settings, six);
        java.io.BufferedReader lines = floor.inputReader()) {
      windows(six ? SIX_WARM_UP_S : WARM_UP_S, seconds, lines, channel);
      Medians alone = report();
      System.out.println("memory of the product: " + product.residentMb() + " MB");
      if (withJob) {
        TrainingBeside job = new TrainingBeside(channel);
        windows(WARM_UP_S, seconds, lines, channel);
        System.out.println("while a training job runs (" + job.end() + "):");
        Medians beside = report();
        System.out.println("with the job against without:");
        ratio(beside.path, alone.path);
        ratio(beside.stroke, alone.stroke);
        ratio(beside.hops, alone.hops);
        ratio(beside.timer, alone.timer);
      }
    } finally {
      channel.shutdownNow();
      floor.destroy();
    }
  }

  /** The floor says its figures once in a window; the product is asked right after. */
  private void windows(
      int warmUp, int seconds, java.io.BufferedReader lines, ManagedChannel channel)
      throws IOException {
    List.of(paths, strokes, bareHops, bareTimers).forEach(List::clear);
    for (int second = 0; second < warmUp + seconds; second += WINDOW_S) {
      double[] figures = figures(lines.readLine());
      if (second >= warmUp) {
        bareHops.add(new double[] {figures[0], figures[1], figures[2]});
        bareTimers.add(new double[] {figures[3], figures[4], figures[5]});
        ask(channel);
      }
    }
  }

  private void ask(ManagedChannel channel) {
    Iterator<Echo> echoes =
        ExplorerServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(5, TimeUnit.SECONDS)
            .watch(WatchRequest.getDefaultInstance());
    while (echoes.hasNext()) {
      Echo echo = echoes.next();
      for (StageStatus stage : echo.getStagesList()) {
        if (stage.getStage().equals("midi-gateway") && stage.getSinceCapture().getCount() > 0) {
          paths.add(figures(stage.getSinceCapture()));
          strokes.add(figures(echo.getStrokeLateness()));
          return;
        }
      }
    }
    throw new IllegalStateException("no echo of midi-gateway");
  }

  private Medians report() {
    System.out.println("windows of " + WINDOW_S + " s: " + paths.size() + ", medians over them");
    System.out.println("                            p50 us     p99 us     max us");
    double[] path = row("capture -> rhythm", paths);
    double[] hops = row("bare gRPC hops", bareHops);
    ratio(path, hops);
    double[] stroke = row("stroke: left - due", strokes);
    double[] timer = row("bare timing thread", bareTimers);
    ratio(stroke, timer);
    return new Medians(path, hops, stroke, timer);
  }

  private static double[] row(String name, List<double[]> windows) {
    double[] medians = new double[3];
    for (int i = 0; i < 3; i++) {
      int column = i;
      double[] sorted = windows.stream().mapToDouble(w -> w[column]).sorted().toArray();
      medians[i] = sorted[sorted.length / 2];
    }
    System.out.printf(
        Locale.ROOT, "%-24s %9.0f  %9.0f  %9.0f%n", name, medians[0], medians[1], medians[2]);
    return medians;
  }

  private static void ratio(double[] above, double[] below) {
    System.out.printf(
        Locale.ROOT,
        "%-24s %9.2f  %9.2f  %9.2f%n%n",
        "  ratio",
        above[0] / below[0],
        above[1] / below[1],
        above[2] / below[2]);
  }

  private static double[] figures(Latency latency) {
    return new double[] {latency.getP50Us(), latency.getP99Us(), latency.getMaxUs()};
  }

  private static double[] figures(String line) {
    String[] words = line.trim().split(" ");
    double[] figures = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      figures[i] = Double.parseDouble(words[i]);
    }
    return figures;
  }

  private static Process floor(String bpm) throws IOException {
    return new ProcessBuilder(
            java(),
            "-Xms128m",
            "-Xmx512m",
            "-XX:MaxGCPauseMillis=5",
            "-cp",
            System.getProperty("java.class.path"),
            Floor.class.getName(),
            bpm)
        .redirectError(Path.of("benchmarks/target/floor.log").toFile())
        .start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
