package org.latentspace.wire;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of this machine that tests use where they are there. */
public final class Program {
  private Program() {}

  /** The first of these names that can be run, with its folder on the PATH. */
  public static Optional<String> find(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** The same; without it the test is skipped, and says so. */
  public static String need(String name, String origin) {
    return find(name)
        .orElseThrow(
            () -> {
              String reason = "no " + name + " (" + origin + ") on the PATH";
              System.out.println("skipped: " + reason);
              return new TestAbortedException(reason);
            });
  }
}
