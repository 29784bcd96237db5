package org.latentspace.link;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A process with Ableton's own implementation, built from Debian's headers. */
public final class ReferencePeer implements AutoCloseable {
  private static final String SOURCE = "reference-peer.cpp";

  // One for all modules that test with it.
  private static final Path HOME =
      (Files.exists(Path.of("src", "test", "resources", SOURCE))
              ? Path.of("target")
              : Path.of("..", "libs", "link", "target"))
          .resolve("reference-peer")
          .toAbsolutePath()
          .normalize();
  private static final Path PROGRAM = HOME.resolve("reference-peer");

  /**
   * What it says of itself.
   *
   * @param phase of a quantum of 4 beats
   * @param hostMicros when that was so
   * @param transportPhase of the last start or stop
   */
  public record Answer(
      int peers,
      double bpm,
      boolean playing,
      double phase,
      long hostMicros,
      double transportPhase) {}

  private final Process process;
  private final BufferedReader in;
  private final Writer out;

  public ReferencePeer(double bpm) throws IOException {
    process =
        new ProcessBuilder(PROGRAM.toString(), String.valueOf(bpm))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    in = process.inputReader();
    out = process.outputWriter();
  }

  /** What it says after a word such as "state", "tempo 120", "play" or "halt". */
  public Answer ask(String words) throws IOException {
    out.write(words + "\n");
    out.flush();
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the reference peer has ended");
    }
    String[] said = line.split(" ");
    return new Answer(
        Integer.parseInt(said[0]),
        Double.parseDouble(said[1]),
        said[2].equals("1"),
        Double.parseDouble(said[3]),
        Long.parseLong(said[4]),
        Double.parseDouble(said[5]));
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Builds it when its source has changed; skips the tests where headers or compiler are not to be
   * had.
   */
  public static void build() throws IOException, InterruptedException {
    Path source = HOME.resolve(SOURCE);
    byte[] text;
    try (InputStream in = ReferencePeer.class.getResourceAsStream("/" + SOURCE)) {
      text = in.readAllBytes();
    }
    if (Files.isExecutable(PROGRAM)
        && Files.exists(source)
        && Arrays.equals(text, Files.readAllBytes(source))) {
      return;
    }
    Files.createDirectories(HOME);
    Files.write(source, text);
    Path headers = Path.of("/usr/include");
    if (!Files.exists(headers.resolve("ableton/Link.hpp"))) {
      need(30, "apt-get", "download", "ableton-link-dev", "libasio-dev");
      try (var files = Files.list(HOME)) {
        for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
          need(30, "dpkg", "-x", archive.toString(), "root");
        }
      }
      headers = HOME.resolve("root/usr/include");
    }
    need(
        150,
        "g++ -std=c++14 -O1 -w -pthread -DLINK_PLATFORM_LINUX=1 -o reference-peer.new".split(" "),
        "-I" + headers,
        source.toString());
    Files.move(HOME.resolve("reference-peer.new"), PROGRAM, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void need(long seconds, String[] head, String... tail)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(head));
    command.addAll(List.of(tail));
    need(seconds, command.toArray(new String[0]));
  }

  private static void need(long seconds, String... command)
      throws IOException, InterruptedException {
    File log = HOME.resolve("log.txt").toFile();
    String why = "took longer than " + seconds + " s";
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        if (process.exitValue() == 0) {
          return;
        }
        why = Files.readString(log.toPath());
      }
      process.destroyForcibly();
    } catch (IOException e) {
      why = e.getMessage();
    }
    String reason = "no reference peer: " + String.join(" ", command) + ": " + why.strip();
    System.out.println("skipped: " + reason);
    throw new TestAbortedException(reason);
  }
}
