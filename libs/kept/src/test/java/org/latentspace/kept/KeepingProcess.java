package org.latentspace.kept;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that keeps values as fast as it can and says which are kept, until it is killed. */
final class KeepingProcess {
  private KeepingProcess() {}

  /**
   * Keeps v0, v1, ... under keys k0..k4.
   *
   * @param args folder; the broker's address, or nothing for the disk
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    KeptLog log =
        args.length > 1 ? new KafkaLog(args[1], Map.of()) : new DiskLog(folder.resolve("log"));
    KeptOutlet outlet = new KeptOutlet(folder, Topic.TRAINING_PAIRS, log, 64L << 20);
    for (int i = 0; ; i++) {
      int number = i;
      var kept = outlet.keep("k" + i % 5, Heard.bytes("v" + i));
      kept.thenRun(() -> System.out.println("kept " + number));
      if (i % 10 == 0) {
        kept.toCompletableFuture().get(20, TimeUnit.SECONDS);
      }
    }
  }

  /** Starts it, kills it with SIGKILL when it has said so many; returns all that it has said. */
  static List<Integer> keepAndKill(int lines, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(KeepingProcess.class.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Integer> kept = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // A line that the kill has cut off says nothing.
        if (line.matches("kept \\d+") && kept.size() < lines) {
          kept.add(Integer.parseInt(line.substring(5)));
        }
        if (kept.size() == lines) {
          // Not the process's own destroyForcibly, which closes the stream that is being read.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return kept;
  }
}
