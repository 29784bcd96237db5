package org.latentspace.training.fit.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Lowers the priority of one thread. Java's own priorities do nothing on Linux; there each thread
 * has a nice value of its own, which the command {@code renice} sets.
 */
public final class ThreadPriority {
  private static final Logger LOG = Logger.getLogger(ThreadPriority.class);
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final int PATIENCE_S = 5;

  private ThreadPriority() {}

  /**
   * Lets the calling thread run behind the others of this process.
   *
   * @param nice 0..19: 0 leaves it as it is
   */
  public static void lower(int nice) {
    if (nice == 0) {
      return;
    }
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    if (!Files.exists(SELF)) {
      return;
    }
    try {
      String thread = Files.readSymbolicLink(SELF).getFileName().toString();
      Process renice =
          new ProcessBuilder("renice", "-n", Integer.toString(nice), "-p", thread)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!renice.waitFor(PATIENCE_S, TimeUnit.SECONDS) || renice.exitValue() != 0) {
        LOG.debugf("renice does not lower thread %s", thread);
      }
    } catch (IOException unavailable) {
      LOG.debugf("a thread's priority cannot be lowered: %s", unavailable);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
