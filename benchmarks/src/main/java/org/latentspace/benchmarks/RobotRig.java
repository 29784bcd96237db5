package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.latentspace.robotsim.SimulatedRobot.Stroke;
import org.latentspace.robotsim.SimulatedRobots;
import org.latentspace.robotsim.StrokeLog;

/**
 * Question: how late do strokes leave, beside a bare thread that waits in the same way in the same
 * minutes, and how far apart are strokes heard that belong together? One {@code ./play} with two
 * built-in performers, two ensembles of sixteen simulated robots each (5 to 60 ms) on four ports,
 * and a training job. Draws benchmarks/target/strokes.svg.
 */
public final class RobotRig {
  private static final int PORT = 18_480;
  private static final int WARM_UP_S = 30;
  private static final long LOOK_MS = 5000;
  private static final double BPM = 120;
  private static final long SPIN_NANOS = 150_000;
  private static final int ROBOTS = 16;
  private static final Path TARGET = Path.of("benchmarks/target").toAbsolutePath();
  private static final Path LOG = TARGET.resolve("strokes.csv");

  // Strokes of one beat lie closer than this, those of two further apart.
  private static final long APART_NANOS = 12_000_000;

  private static final Pattern ROW =
      Pattern.compile(
          "midi_late_strokes_total\\{of=\"(\\w+)\",within=\"([0-9.E-]+)\"\\} ([0-9.E]+)");

  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", PORT + 1000).usePlaintext().build();

  private RobotRig() {}

  /** Arguments: minutes to measure (10), then settings as -Dkey=value. */
  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
    List<String> settings =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    new RobotRig().measure(minutes, settings);
  }

  private void measure(double minutes, List<String> further) throws Exception {
    List<String> settings = new ArrayList<>(Product.performers(2, "synthetic"));
    settings.add("-Daudio-service.performers.p2.seed=2");
    settings.add("-Dinstallation.file=" + installation());
    settings.add("-Dmidi-gateway.bpm=" + BPM);
    settings.add("-D" + SimulatedRobots.PORTS + "=4");
    settings.add("-D" + SimulatedRobots.LOG + "=" + LOG);
    settings.addAll(further);
    try (Product product = Product.inOneProcess(PORT, settings)) {
      TimeUnit.SECONDS.sleep(WARM_UP_S);
      TrainingBeside job = new TrainingBeside(channel);
      int collections = product.collections(0).count();
      BareTimer bare = new BareTimer(BPM, SPIN_NANOS);
      Thread thread = new Thread(bare, "bare");
      thread.setPriority(Thread.MAX_PRIORITY);
      TreeMap<Double, long[]> before = late();
      long from = System.nanoTime();
      thread.start();
      long end = from + Math.round(minutes * 60e9);
      while (System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(Math.min(LOOK_MS, 1 + (end - System.nanoTime()) / 1_000_000));
        if (job.isOver()) {
          System.out.println("the training job has ended by itself: " + job.end());
          job = new TrainingBeside(channel);
        }
      }
      bare.end();
      TreeMap<Double, long[]> after = late();
      long until = System.nanoTime();
      System.out.println("a training job ran: " + job.end());
      Product.Collections gc = product.collections(collections);
      System.out.printf(
          Locale.ROOT, "collections: %d, longest %.1f ms%n", gc.count(), gc.longestMs());
      report(before, after, bare.all());
      spread(from, until);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Path installation() throws IOException {
    StringBuilder text = new StringBuilder("performers: [p1, p2]\n");
    text.append("ensembles: {one: {lead: p1}, two: {lead: p2}}\nports:\n");
    for (int port = 1; port <= 4; port++) {
      text.append("  port-%d: \"midi:%s\"%n".formatted(port, SimulatedRobots.name(port)));
    }
    text.append("robots:\n");
    for (int i = 0; i < 2 * ROBOTS; i++) {
      int robot = i % ROBOTS;
      double loud = SimulatedRobots.loudMs(robot);
      text.append(
          String.format(
              Locale.ROOT,
              "  robot-%d: {ensemble: %s, voices: [%s], ports: [port-%d], note: %d,"
                  + " latency-ms: [[1, %.3f], [127, %.3f]], min-interval-ms: 30}%n",
              i,
              i < ROBOTS ? "one" : "two",
              i < ROBOTS ? "kick" : "closed-hat",
              1 + i / 8,
              36 + robot,
              1.5 * loud,
              loud));
    }
    return Files.writeString(TARGET.resolve("robots.yaml"), text);
  }

  /** For each edge in ms: strokes that left at most so late for the ports, for the devices. */
  private static TreeMap<Double, long[]> late() throws IOException, InterruptedException {
    // What the page shows is up to a second old.
    TimeUnit.MILLISECONDS.sleep(1500);
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/q/metrics")).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString());
    TreeMap<Double, long[]> counts = new TreeMap<>();
    Matcher row = ROW.matcher(answer.body());
    while (row.find()) {
      double edge = 1000 * Double.parseDouble(row.group(2));
      int column = row.group(1).equals("ports") ? 0 : 1;
      counts.computeIfAbsent(edge, none -> new long[2])[column] =
          (long) Double.parseDouble(row.group(3));
    }
    if (counts.isEmpty()) {
      throw new IllegalStateException("no lateness on the metrics page");
    }
    return counts;
  }

  private static void report(
      TreeMap<Double, long[]> before, TreeMap<Double, long[]> after, Histogram bare)
      throws IOException {
    double[] edges = after.keySet().stream().mapToDouble(edge -> edge).toArray();
    long[][] upTo = new long[3][edges.length];
    for (int i = 0; i < edges.length; i++) {
      upTo[0][i] = after.get(edges[i])[0] - before.get(edges[i])[0];
      upTo[1][i] = after.get(edges[i])[1] - before.get(edges[i])[1];
      upTo[2][i] = bare.getCountBetweenValues(0, Math.round(edges[i] * 1e6));
    }
    String[] names = {"left for the ports", "left for the devices", "bare timing thread"};
    List<LatenessDrawing.Series> all = new ArrayList<>();
    for (int column = 0; column < 3; column++) {
      double[] shares = new double[edges.length];
      for (int i = 0; i < edges.length; i++) {
        long below = i == 0 ? 0 : upTo[column][i - 1];
        shares[i] = (upTo[column][i] - below) / (double) upTo[column][edges.length - 1];
      }
      all.add(new LatenessDrawing.Series(names[column], shares));
    }
    System.out.printf("%10s  %10s  %10s  %10s%n", "up to ms", "ports", "devices", "bare");
    for (int i = 0; i < edges.length; i++) {
      System.out.printf(
          Locale.ROOT, "%10.3f  %10d  %10d  %10d%n", edges[i], upTo[0][i], upTo[1][i], upTo[2][i]);
    }
    for (int column = 0; column < 3; column++) {
      System.out.printf(
          Locale.ROOT,
          "%-22s n %d  p50 <= %.2f ms  p99 <= %.2f ms  max <= %.2f ms%n",
          names[column],
          upTo[column][edges.length - 1],
          quantile(edges, upTo[column], 0.5),
          quantile(edges, upTo[column], 0.99),
          quantile(edges, upTo[column], 1));
    }
    System.out.printf(
        Locale.ROOT,
        "bare timing thread, exactly: p50 %.3f ms  p99 %.3f ms  max %.3f ms%n",
        bare.getValueAtPercentile(50) / 1e6,
        bare.getValueAtPercentile(99) / 1e6,
        bare.getMaxValue() / 1e6);
    LatenessDrawing.write(TARGET.resolve("strokes.svg"), "strokes: left - due", edges, all);
  }

  /** The upper edge of the bar in which it lies. */
  private static double quantile(double[] edges, long[] upTo, double part) {
    int i = 0;
    while (upTo[i] < part * upTo[edges.length - 1]) {
      i++;
    }
    return edges[i];
  }

  private static void spread(long from, long until) throws IOException {
    for (int ensemble = 0; ensemble < 2; ensemble++) {
      int first = 1 + 2 * ensemble;
      List<Stroke> heard;
      long missed;
      try (Stream<Stroke> all = StrokeLog.read(LOG)) {
        List<Stroke> own =
            all.filter(s -> s.port() == first || s.port() == first + 1)
                .filter(s -> s.toldNanos() >= from && s.toldNanos() < until)
                .toList();
        missed = own.stream().filter(Stroke::isMissed).count();
        heard =
            own.stream()
                .filter(stroke -> !stroke.isMissed())
                .sorted((one, other) -> Long.compare(one.struckNanos(), other.struckNanos()))
                .toList();
      }
      Histogram spreads = new Histogram(10_000_000_000L, 3);
      int begin = 0;
      int others = 0;
      for (int i = 1; i <= heard.size(); i++) {
        if (i == heard.size()
            || heard.get(i).struckNanos() - heard.get(i - 1).struckNanos() > APART_NANOS) {
          long apart = heard.get(i - 1).struckNanos() - heard.get(begin).struckNanos();
          if (i - begin == ROBOTS) {
            spreads.recordValue(apart);
          } else {
            others += i - begin;
          }
          begin = i;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "ensemble %d: %d strokes of %d robots together, heard within p50 %.2f ms  p99 %.2f ms"
              + "  max %.2f ms; %d strokes not of a whole group, %d missed%n",
          ensemble + 1,
          spreads.getTotalCount(),
          ROBOTS,
          spreads.getValueAtPercentile(50) / 1e6,
          spreads.getValueAtPercentile(99) / 1e6,
          spreads.getMaxValue() / 1e6,
          others,
          missed);
    }
  }
}
