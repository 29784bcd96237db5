package org.latentspace.training.jobs.outlet;

import java.io.IOException;

/** A worker whose native code cannot be loaded: a deep stack with its reason at the end. */
final class FailingWorker {
  private FailingWorker() {}

  public static void main(String[] arguments) {
    fail(60);
  }

  private static void fail(int deeper) {
    if (deeper > 0) {
      fail(deeper - 1);
      return;
    }
    IOException reason = new IOException("No space left on device");
    throw new ExceptionInInitializerError(new IllegalStateException("no jniopenblas", reason));
  }
}
