package org.latentspace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The product on built-in performers and without an output, as {@code ./play} starts it or as six
 * services in processes of their own; what the processes have used so far.
 */
final class Product implements AutoCloseable {
  private static final Path DATA = Path.of("benchmarks/target/data");
  private static final Path COLLECTIONS = Path.of("benchmarks/target/gc.log");
  private static final Pattern PAUSE =
      Pattern.compile("Pause Young.* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");
  private static final int TICKS_A_SECOND = 100;

  /** The first one answers the rig's calls. */
  private static final List<String> SERVICES =
      List.of(
          "explorer-service",
          "vae-service",
          "midi-gateway",
          "feature-service",
          "training-service",
          "audio-service");

  private final List<Process> processes = new ArrayList<>();

  /** What the collector did: how often, its longest pause in ms, and MB taken between. */
  record Collections(int count, double longestMs, long allocatedMb) {}

  private Product() {}

  /**
   * Starts it in one process and does not wait until it plays.
   *
   * @param port of HTTP; gRPC is answered 1000 above it
   * @param settings as -Dkey=value, and flags of the JVM
   */
  static Product inOneProcess(int port, List<String> settings) throws IOException {
    Files.deleteIfExists(COLLECTIONS);
    List<String> options = new ArrayList<>(List.of("-Xms128m", "-Xmx512m", "-Xmn24m"));
    options.add("-Xlog:gc:file=" + COLLECTIONS);
    options.add("-Dfeature-service.osc.port=0");
    options.add("-Dmidi-gateway.outputs=none:");
    for (String service : List.of("training", "explorer", "feature", "vae")) {
      options.add("-D" + service + "-service.data-dir=" + DATA.resolve(service));
    }
    options.add("-Dkept.dir=" + DATA.resolve("kept"));
    options.addAll(settings);
    Product product = new Product();
    product.start("all-in-one", port, options);
    return product;
  }

  /**
   * Starts its services in a process each, over loopback TCP.
   *
   * @param port of explorer-service's HTTP; the others have the next ones, gRPC is 1000 above
   * @param settings as -Dkey=value, each for the service that it begins with, and flags of the JVM
   *     for all
   */
  static Product inSixProcesses(int port, List<String> settings) throws IOException {
    Product product = new Product();
    for (int i = 0; i < SERVICES.size(); i++) {
      String service = SERVICES.get(i);
      List<String> options = new ArrayList<>(List.of("-Xms64m", "-Xmx256m"));
      options.add("-Dkept.dir=" + DATA.resolve("kept-" + service));
      neighbours(service)
          .forEach(
              neighbour -> {
                String key = "-D" + service + "." + neighbour;
                options.add(key + ".host=127.0.0.1");
                options.add(key + ".port=" + (port + 1000 + SERVICES.indexOf(neighbour)));
              });
      options.addAll(ownSettings(service));
      settings.stream()
          .filter(setting -> !setting.startsWith("-D") || setting.startsWith("-D" + service))
          .forEach(options::add);
      product.start(service, port + i, options);
    }
    return product;
  }

  private static List<String> neighbours(String service) {
    return switch (service) {
      case "audio-service" -> List.of("feature-service");
      case "feature-service" -> List.of("explorer-service");
      case "explorer-service" -> List.of("vae-service", "training-service");
      case "vae-service" -> List.of("midi-gateway", "training-service");
      default -> List.of();
    };
  }

  private static List<String> ownSettings(String service) {
    String data = "-D" + service + ".data-dir=" + DATA.resolve("six").resolve(service);
    return switch (service) {
      case "audio-service" -> List.of();
      case "midi-gateway" -> List.of("-Dmidi-gateway.outputs=none:");
      case "feature-service" -> List.of(data, "-Dfeature-service.osc.port=0");
      default -> List.of(data);
    };
  }

  private void start(String module, int port, List<String> options) throws IOException {
    Path jar = Path.of(module, "target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      close();
      throw new IllegalStateException(jar + ": build first, and run from the project's root");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=5"));
    command.add("-XX:+UseTransparentHugePages");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dgrpc-server.port=" + (port + 1000));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    Path log = Path.of("benchmarks/target", "product-" + module + ".log");
    processes.add(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** Settings for so many performers: p1, p2, ... */
  static List<String> performers(int count, String input) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "-Daudio-service.performers.p" + i + ".input=" + input)
        .toList();
  }

  /** Memory in use, in MB. */
  long residentMb() throws IOException {
    long kilobytes = 0;
    for (Process process : processes) {
      for (String line : Files.readAllLines(proc(process, "status"))) {
        if (line.startsWith("VmRSS:")) {
          kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kilobytes / 1024;
  }

  /** Processor time since its start, in seconds of one core. */
  double processorSeconds() throws IOException {
    long ticks = 0;
    for (Process process : processes) {
      String stat = Files.readString(proc(process, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks / (double) TICKS_A_SECOND;
  }

  /** Young collections of the one process after the first so many. */
  Collections collections(int skipped) throws IOException {
    int count = 0;
    double longest = 0;
    long allocated = 0;
    long left = 0;
    for (String line : Files.readAllLines(COLLECTIONS)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        if (count++ >= skipped) {
          longest = Math.max(longest, Double.parseDouble(pause.group(3)));
          allocated += Long.parseLong(pause.group(1)) - left;
        }
        left = Long.parseLong(pause.group(2));
      }
    }
    return new Collections(count - skipped, longest, allocated);
  }

  private static Path proc(Process process, String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
