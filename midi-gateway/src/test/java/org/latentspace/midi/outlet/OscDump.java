package org.latentspace.midi.outlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Debian's oscdump, which prints the OSC messages that come in; fetched where it is not there. */
final class OscDump implements AutoCloseable {
  private static final Path HOME = Path.of("target", "liblo").toAbsolutePath();
  private static final String PROGRAM = "usr/bin/oscdump";

  private final Process process;
  private final BufferedReader out;

  /** Listens on a UDP port; the test is skipped where there is no oscdump. */
  OscDump(int port) throws IOException, InterruptedException {
    Path root = Files.isExecutable(Path.of("/").resolve(PROGRAM)) ? Path.of("/") : fetched();
    ProcessBuilder builder =
        new ProcessBuilder(root.resolve(PROGRAM).toString(), "-L", Integer.toString(port));
    try (Stream<Path> libraries = Files.list(root.resolve("usr/lib"))) {
      String path = String.join(":", libraries.map(Path::toString).toList());
      builder.environment().put("LD_LIBRARY_PATH", path);
    }
    process = builder.redirectErrorStream(true).start();
    out = process.inputReader();
  }

  private static Path fetched() throws IOException, InterruptedException {
    Path root = HOME.resolve("root");
    if (!Files.isExecutable(root.resolve(PROGRAM))) {
      Files.createDirectories(HOME);
      need("apt-get", "download", "liblo-tools", "liblo7");
      try (Stream<Path> files = Files.list(HOME)) {
        for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
          need("dpkg", "-x", archive.toString(), "root");
        }
      }
    }
    return root;
  }

  private static void need(String... command) throws IOException, InterruptedException {
    String why;
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("log.txt").toFile())
              .start();
      if (process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return;
      }
      process.destroyForcibly();
      why = Files.readString(HOME.resolve("log.txt"));
    } catch (IOException absent) {
      why = absent.getMessage();
    }
    String reason = "no oscdump: " + String.join(" ", command) + ": " + why.strip();
    System.out.println("skipped: " + reason);
    throw new TestAbortedException(reason);
  }

  /** The next message, from its address on. */
  String next() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("oscdump has ended");
    }
    return line.substring(line.indexOf(' ') + 1);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
