package org.latentspace.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.latentspace.wire.FreePort;

/**
 * A real Kafka broker in a process of its own on two ports of loopback, without Docker: it can be
 * stopped, killed, frozen, and started again on the same ports with the same data.
 *
 * <p>Needs org.apache.kafka:kafka_2.13 in test scope beside proto's test-jar.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final long PATIENCE_S = 60;

  private static final String SASL = "SASL_PLAINTEXT";

  private final Path folder;
  private final Map<String, String> admin;
  private final int port;
  private final int controllerPort;
  private Process process;

  /**
   * @param folder for settings, data and broker.log
   */
  public KafkaBroker(Path folder) throws IOException {
    this(folder, List.of(), Map.of());
  }

  /**
   * One that asks who is there.
   *
   * @param secret settings of passwords and rights
   * @param admin a client's settings that may ask whether it runs
   */
  KafkaBroker(Path folder, List<String> secret, Map<String, String> admin) throws IOException {
    this.folder = folder;
    this.admin = admin;
    port = FreePort.find(1000);
    controllerPort = port + 1000;
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(settings(secret.isEmpty() ? "PLAINTEXT" : SASL));
    lines.addAll(secret);
    Files.write(folder.resolve("server.properties"), lines);
  }

  /** HOST:PORT for kept.bootstrap-servers; known before the broker runs. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it, also again, and returns when it answers. */
  public KafkaBroker start() throws IOException, InterruptedException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                KafkaBrokerProcess.class.getName(),
                folder.resolve("server.properties").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitAnswer();
    return this;
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** SIGTERM, the way an operator ends it; returns when it has ended. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** SIGKILL: no goodbye to anybody. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the broker survives its kill");
    }
  }

  /** What a new disk is: nothing of what it had is there when it is started again. */
  public void wipe() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** SIGSTOP: its connections stay open, nothing answers. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT after {@link #freeze}. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  @Override
  public void close() throws InterruptedException {
    if (isRunning()) {
      kill();
    }
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " ended with " + status);
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    Map<String, Object> how = new HashMap<>(admin);
    how.put("bootstrap.servers", address());
    try (Admin asking = Admin.create(how)) {
      while (true) {
        try {
          asking.describeCluster().nodes().get(1, TimeUnit.SECONDS);
          return;
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
          if (!process.isAlive() || System.nanoTime() > deadline) {
            throw new IOException("the broker does not answer: " + Files.readString(log()), e);
          }
          LockSupport.parkNanos(50_000_000);
        }
      }
    }
  }

  private List<String> settings(String protocol) {
    String broker = "127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    return List.of(
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@" + controller,
        "controller.listener.names=CONTROLLER",
        "listeners=INSIDE://" + broker + ",CONTROLLER://" + controller,
        "advertised.listeners=INSIDE://" + broker,
        "inter.broker.listener.name=INSIDE",
        "listener.security.protocol.map=INSIDE:" + protocol + ",CONTROLLER:" + protocol,
        "log.dirs=" + folder.resolve("data"),
        "auto.create.topics.enable=false",
        "offsets.topic.num.partitions=1",
        "offsets.topic.replication.factor=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "num.network.threads=2",
        "num.io.threads=2",
        "log.cleaner.dedupe.buffer.size=2097152",
        "group.initial.rebalance.delay.ms=0");
  }
}
