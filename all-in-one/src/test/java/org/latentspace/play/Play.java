package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.latentspace.wire.FreePort;

/** Runs {@code ./play} as a person would, each run in a process of its own. */
final class Play {
  private static final long PATIENCE_S = 50;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What a run left behind. */
  record Ended(int status, String out, String err) {}

  private final Path folder;

  /**
   * @param folder where the run's relative paths are meant
   */
  Play(Path folder) {
    this.folder = folder;
  }

  /** Runs to the end; fails after {@value #PATIENCE_S} seconds. */
  Ended run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("play").toString()));
    command.addAll(List.of(options));
    return run(command, Map.of());
  }

  /** Runs lines of a shell, in which $PLAY is the command; the first that fails ends them. */
  Ended shell(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(List.of("bash", "-eu", "-c", script), environment);
  }

  private Ended run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PLAY", ROOT.resolve("play").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      fail("no end after " + PATIENCE_S + " s: " + command + "\n" + Files.readString(out));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs to a good end. */
  Ended succeed(String... options) throws IOException, InterruptedException {
    Ended ended = run(options);
    assertEquals(0, ended.status(), ended.out() + ended.err());
    return ended;
  }

  /** Runs into a mistake: one line, status 2. */
  String refuse(String... options) throws IOException, InterruptedException {
    Ended ended = run(options);
    assertEquals(2, ended.status(), ended.out() + ended.err());
    List<String> lines = ended.err().lines().filter(line -> !line.isBlank()).toList();
    assertEquals(1, lines.size(), "one clear line: " + ended.err());
    assertTrue(ended.out().isBlank(), ended.out());
    return lines.get(0);
  }

  /**
   * The folder of real recordings and reference measurements; skips the test where it is absent.
   */
  static Path data() {
    String named = System.getenv("LSE_TEST_DATA");
    Path data = named != null ? Path.of(named) : ROOT.resolveSibling("shared").resolve("data");
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("audio")),
        "skipped: no real recordings at ../shared/data or LSE_TEST_DATA");
    return data;
  }

  /** A free port for the screen, with a free one for gRPC where {@link #grpcPort} says. */
  static String port() throws IOException {
    return Integer.toString(FreePort.find(grpcPort("0")));
  }

  /** Where gRPC is answered when the screen is at this port. */
  static int grpcPort(String port) {
    return Integer.parseInt(port) + 1000;
  }
}
