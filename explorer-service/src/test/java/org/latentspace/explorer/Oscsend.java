package org.latentspace.explorer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Liblo's own sender of OSC, of Debian's liblo-tools; fetched where it is not installed. */
final class Oscsend {
  private static final Path HOME = Path.of("target", "liblo").toAbsolutePath();

  private final String program;
  private final String libraries;

  private Oscsend(String program, String libraries) {
    this.program = program;
    this.libraries = libraries;
  }

  /** Skips the test where it is not to be had. */
  static Oscsend find() throws IOException, InterruptedException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "oscsend").canExecute());
    if (installed) {
      return new Oscsend("oscsend", "");
    }
    Path program = HOME.resolve("root/usr/bin/oscsend");
    if (!Files.isExecutable(program)) {
      Files.createDirectories(HOME);
      need("apt-get", "download", "liblo-tools", "liblo7");
      try (Stream<Path> files = Files.list(HOME)) {
        for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
          need("dpkg", "-x", archive.toString(), "root");
        }
      }
    }
    try (Stream<Path> files = Files.walk(HOME.resolve("root/usr/lib"))) {
      Path library =
          files
              .filter(file -> file.getFileName().toString().startsWith("liblo.so"))
              .findAny()
              .get();
      return new Oscsend(program.toString(), library.getParent().toString());
    }
  }

  private static void need(String... command) throws IOException, InterruptedException {
    String why = "took too long";
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("log.txt").toFile())
              .start();
      if (process.waitFor(30, TimeUnit.SECONDS)) {
        if (process.exitValue() == 0) {
          return;
        }
        why = "ended with " + process.exitValue();
      }
      process.destroyForcibly();
    } catch (IOException notThere) {
      why = notThere.getMessage();
    }
    String reason = "skipped: no oscsend (Debian's liblo-tools): " + command[0] + " " + why;
    System.out.println(reason);
    throw new TestAbortedException(reason);
  }

  /** Sends a message; words are the address, the types and the arguments. */
  void send(int port, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, "127.0.0.1", "" + port));
    command.addAll(List.of(words));
    ProcessBuilder sender = new ProcessBuilder(command).inheritIO();
    if (!libraries.isEmpty()) {
      sender.environment().put("LD_LIBRARY_PATH", libraries);
    }
    int exit = sender.start().waitFor();
    if (exit != 0) {
      throw new AssertionError("oscsend has ended with " + exit);
    }
  }
}
