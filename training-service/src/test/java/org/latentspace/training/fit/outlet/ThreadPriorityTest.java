package org.latentspace.training.fit.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
  private static final int NICE_FIELD = 16;

  @Test
  void theCallingThreadAloneIsLowered() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/thread-self"))
            && Files.isExecutable(Path.of("/usr/bin/renice")),
        "needs Linux and renice");
    int before = nice();
    int[] lowered = new int[1];
    Thread thread =
        new Thread(
            () -> {
              ThreadPriority.lower(Math.min(19, before + 3));
              lowered[0] = nice();
            });
    thread.start();
    thread.join();
    assertEquals(Math.min(19, before + 3), lowered[0]);
    assertEquals(before, nice());
  }

  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Integer.parseInt(fields[NICE_FIELD]);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
