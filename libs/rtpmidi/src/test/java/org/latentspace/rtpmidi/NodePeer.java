package org.latentspace.rtpmidi;

import static org.latentspace.rtpmidi.Heard.until;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process of {@code peer.cjs}, a peer by the npm package rtpmidi. */
final class NodePeer implements AutoCloseable {
  private static final Path HOME = Path.of("target", "rtpmidi-peer").toAbsolutePath();
  private static final Path PACKAGE = HOME.resolve("node_modules/rtpmidi");

  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Process process;
  private final PrintWriter in;

  /**
   * @param ports its own control port, then the one to invite, if any
   */
  NodePeer(Integer... ports) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("node", script().toString(), PACKAGE.toString()));
    Arrays.stream(ports).forEach(port -> command.add(port.toString()));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    Thread reader = new Thread(this::read, "node-peer");
    reader.setDaemon(true);
    reader.start();
  }

  private static Path script() {
    return Path.of("src", "test", "resources", "peer.cjs").toAbsolutePath();
  }

  /** Fetches the package where it is not there; why not, or null. */
  static String whyAbsent() throws InterruptedException {
    try {
      if (run(List.of("node", "--version")) != 0) {
        return "node does not run";
      }
      Files.createDirectories(HOME);
      String home = HOME.toString();
      List<String> fetch =
          List.of(
              "npm",
              "install",
              "--prefix",
              home,
              "--no-audit",
              "--no-fund",
              "--omit=optional",
              "--ignore-scripts",
              "--fetch-retries=0",
              "rtpmidi@1.0.0");
      if (!Files.exists(PACKAGE) && run(fetch) != 0) {
        return "npm cannot fetch rtpmidi@1.0.0";
      }
      return null;
    } catch (IOException absent) {
      return "no node or npm: " + absent.getMessage();
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException ended) {
      lines.add("ended: " + ended);
    }
  }

  void send(int status, int data1, int data2) {
    in.println("send " + status + " " + data1 + " " + data2);
  }

  /** Keys (channel · 128 + note) that sound there now. */
  String sounding() throws InterruptedException {
    int before = lines.size();
    in.println("sounding");
    until("it tells", () -> answer(before) != null);
    return answer(before);
  }

  private String answer(int from) {
    return lines.stream()
        .skip(from)
        .filter(line -> line.startsWith("sounding"))
        .findFirst()
        .orElse(null);
  }

  boolean hasSaid(String line) {
    return lines.contains(line);
  }

  @Override
  public void close() {
    in.close();
    process.destroyForcibly();
  }
}
