package org.latentspace.path;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.wire.FreePort;

/** One service in a process of its own, started the way a container starts it. */
final class ServiceProcess {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private final String name;
  private final int httpPort;
  private final int grpcPort;
  private final List<String> settings;
  private final Path log;
  private Process process;

  ServiceProcess(String name, List<String> settings, Path folder) throws IOException {
    this.name = name;
    this.settings = settings;
    this.log = folder.resolve(name + ".log");
    this.httpPort = FreePort.find(1000);
    this.grpcPort = httpPort + 1000;
  }

  static Path jar(String name) {
    return ROOT.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** Where it answers gRPC. */
  int port() {
    return grpcPort;
  }

  String name() {
    return name;
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dquarkus.http.port=" + httpPort);
    command.add("-Dgrpc-server.port=" + grpcPort);
    settings.forEach(setting -> command.add("-D" + setting));
    command.add("-jar");
    command.add(jar(name).toString());
    process =
        new ProcessBuilder(command)
            .directory(log.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(new File("/dev/null"))
            .start();
  }

  /** Waits until the service answers, at most 30 s. */
  void awaitAnswer() {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!answers()) {
      assertTrue(process.isAlive(), () -> name + " ended: " + logged());
      assertTrue(System.nanoTime() < deadline, () -> name + " does not answer: " + logged());
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** The way a crash ends it: no goodbye to anybody. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), name + " survives its kill");
  }

  void end() throws InterruptedException {
    if (process != null && process.isAlive()) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /** A counter of the metrics page, summed over its labels; 0 where it is not there yet. */
  double count(String meter) throws IOException, InterruptedException {
    return get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(meter + " ") || line.startsWith(meter + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Resident memory in megabytes, as Linux counts it; 0 elsewhere. */
  long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  int readiness() throws IOException, InterruptedException {
    return get("/q/health/ready").statusCode();
  }

  private boolean answers() {
    try {
      return get("/q/health/live").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + httpPort + path);
    return HTTP.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
