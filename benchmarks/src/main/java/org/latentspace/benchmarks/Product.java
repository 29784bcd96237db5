package org.latentspace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product in a process of its own, as {@code ./play} starts it, on built-in performers and
 * without an output; what the process has used so far.
 */
final class Product implements AutoCloseable {
  private static final Path JAR = Path.of("all-in-one/target/quarkus-app/quarkus-run.jar");
  private static final Path COLLECTIONS = Path.of("benchmarks/target/gc.log");
  private static final Pattern PAUSE =
      Pattern.compile("Pause Young.* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");
  private static final int TICKS_A_SECOND = 100;

  private final Process process;

  /** What the collector did: how often, its longest pause in ms, and MB taken between. */
  record Collections(int count, double longestMs, long allocatedMb) {}

  /**
   * Starts it and does not wait until it plays.
   *
   * @param port of HTTP; gRPC is answered 1000 above it
   * @param performers p1, p2, ...; 0 for what the settings say
   * @param settings as -Dkey=value
   */
  Product(int port, int performers, List<String> settings) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + ": build first, and run from the project's root");
    }
    Files.deleteIfExists(COLLECTIONS);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-Xmx512m", "-XX:MaxGCPauseMillis=5"));
    command.add("-Xlog:gc:file=" + COLLECTIONS);
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dgrpc-server.port=" + (port + 1000));
    command.add("-Dfeature-service.osc.port=0");
    command.add("-Dmidi-gateway.outputs=none:");
    for (String service : List.of("training", "explorer", "feature", "vae")) {
      command.add("-D" + service + "-service.data-dir=benchmarks/target/data/" + service);
    }
    command.add("-Dkept.dir=benchmarks/target/data/kept");
    for (int i = 1; i <= performers; i++) {
      command.add("-Daudio-service.performers.p" + i + ".input=synthetic");
    }
    command.addAll(settings);
    command.addAll(List.of("-jar", JAR.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("benchmarks/target/product.log").toFile())
            .start();
  }

  /** Memory in use, in MB. */
  long residentMb() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS in " + proc("status"));
  }

  /** Processor time since its start, in seconds of one core. */
  double processorSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
  }

  /** Young collections after the first so many. */
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

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
