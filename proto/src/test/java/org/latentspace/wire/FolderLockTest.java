package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  /** Holds a folder until its input ends; runs in a process of its own. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
        System.out.println("held " + lock);
        System.in.transferTo(System.err);
      }
    }
  }

  @Test
  void anotherProcessIsNamedUntilItIsGone() throws Exception {
    Path data = folder.resolve("data/explorer");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(other.inputReader().readLine().startsWith("held"));
      String line = assertThrows(FolderLock.Taken.class, () -> FolderLock.take(data)).getMessage();
      assertTrue(
          line.matches(".*/data/explorer is in use by process " + other.pid() + " since 20.*:.*"),
          line);
    } finally {
      other.destroyForcibly();
      assertTrue(other.waitFor(20, TimeUnit.SECONDS));
    }
    FolderLock.take(data).close();
    FolderLock.take(data).close();
    assertEquals(1, data.toFile().list().length);
  }

  @Test
  void aFolderThatIsNoneIsNotTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    IOException fault = assertThrows(IOException.class, () -> FolderLock.take(file));
    assertTrue(!(fault instanceof FolderLock.Taken), fault.toString());
  }
}
