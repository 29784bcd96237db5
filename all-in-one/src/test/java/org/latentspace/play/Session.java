package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A researcher's shell: runs the commands of a chapter of the documents as they stand there, block
 * by block, with grpcurl, or with the stand-in beside this test where that is not installed.
 */
final class Session implements AutoCloseable {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final String END = "--- end of block ---";

  private final Process shell;
  private final Writer commands;
  private final BufferedReader answers;

  /**
   * @param address host:port, the variable AT of the commands
   */
  Session(String address) throws IOException, InterruptedException {
    Path foreign = ROOT.resolve("all-in-one/src/test/resources/foreign");
    boolean installed = runs("grpcurl", "-version");
    Assumptions.assumeTrue(
        installed || runs("/usr/bin/python3", "-c", "import grpc, google.protobuf"),
        "skipped: neither grpcurl nor Debian's python3-grpcio is installed");
    Assumptions.assumeTrue(runs("jq", "--version"), "skipped: jq is not installed");
    ProcessBuilder builder = new ProcessBuilder("bash", "-eu", "-o", "pipefail");
    builder.environment().put("AT", address);
    if (!installed) {
      builder.environment().merge("PATH", foreign.toString(), (old, more) -> more + ":" + old);
    }
    shell = builder.redirectErrorStream(true).start();
    commands = shell.outputWriter();
    answers = shell.inputReader();
  }

  /** The shell blocks of a chapter of a document in docs. */
  static List<String> blocks(String document, String chapter) throws IOException {
    String text = Files.readString(ROOT.resolve("docs").resolve(document));
    int from = text.indexOf("\n## " + chapter + "\n");
    assertFalse(from < 0, document + " has no chapter " + chapter);
    int to = text.indexOf("\n## ", from + 1);
    Matcher blocks = BLOCK.matcher(text.substring(from, to < 0 ? text.length() : to));
    List<String> found = new ArrayList<>();
    while (blocks.find()) {
      found.add(blocks.group(1));
    }
    assertFalse(found.isEmpty(), chapter + " has no commands");
    return found;
  }

  /** Runs one block and gives back what it printed; a command that fails ends the test. */
  String run(String block) throws IOException {
    commands.write(block + "\necho; echo '" + END + "'\n");
    commands.flush();
    StringBuilder printed = new StringBuilder();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.equals(END)) {
        return printed.toString();
      }
      printed.append(line).append('\n');
    }
    return fail("the session ended in\n" + block + "\nafter\n" + printed);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    commands.close();
    if (!shell.waitFor(10, TimeUnit.SECONDS)) {
      shell.destroyForcibly();
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
