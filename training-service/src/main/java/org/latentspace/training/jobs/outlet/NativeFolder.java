package org.latentspace.training.jobs.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.latentspace.wire.DiskRoom;

/**
 * The folder into which JavaCPP unpacks Deeplearning4j's native libraries: its own cache, or the
 * one that training-service.native-dir names.
 */
public final class NativeFolder {
  /** What JavaCPP calls it. */
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** What the libraries of 1.0.0-M2.1 take, unpacked: 397 MB measured on Linux. */
  static final long BYTES = 397L << 20;

  // What else lies there is not counted to the byte.
  private static final long SLACK_BYTES = 8L << 20;

  private NativeFolder() {}

  /** From now on this one, for this process and its workers. */
  public static void use(String folder) {
    System.setProperty(PROPERTY, Path.of(folder).toAbsolutePath().toString());
  }

  static Path path() {
    String named = System.getProperty(PROPERTY);
    return named == null
        ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
        : Path.of(named);
  }

  /** What is missing before a worker can be started; empty where the libraries are, or fit. */
  public static String missing() {
    return missing(path());
  }

  static String missing(Path folder) {
    long rest = BYTES - unpacked(folder);
    if (rest <= SLACK_BYTES) {
      return "";
    }
    String missing = DiskRoom.missing(folder, rest);
    return missing.isEmpty()
        ? ""
        : missing + " for the native libraries of Deeplearning4j (training-service.native-dir)";
  }

  private static long unpacked(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(file -> file.isFile()).mapToLong(f -> f.length()).sum();
    } catch (IOException | java.io.UncheckedIOException changing) {
      return 0;
    }
  }
}
