package org.latentspace.training.work.inlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process, native memory included, on Linux. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** Bytes resident now; 0 where unknown. */
  static long now() {
    return bytes("VmRSS:");
  }

  /** Most bytes ever resident; 0 where unknown. */
  static long peak() {
    return bytes("VmHWM:");
  }

  private static long bytes(String key) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(key)) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException elsewhere) {
      // Not Linux: unknown.
    }
    return 0;
  }
}
