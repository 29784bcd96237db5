package org.latentspace.training.vae;

import java.util.stream.IntStream;

/**
 * Shares a computation out in strips between the threads that Java's common pool has. Which thread
 * takes a strip changes nothing, as every strip is computed alone and always has the same borders.
 *
 * <p>Not by OpenMP: its threads wait for each other at every step, which on a busy machine takes
 * six times as long, and what two of them compute differs from what one does.
 */
final class ParallelStrips {
  /** What is done from one element to before another. */
  interface Work {
    void strip(int from, int to);
  }

  private ParallelStrips() {}

  /** Does the work for `size` elements, `width` of them at a time. */
  static void each(int size, int width, Work work) {
    share(0, null, size, width, work);
  }

  /** The same beside a piece of work that is not shared out itself, and is begun first. */
  static void beside(Runnable whole, int size, int width, Work work) {
    share(-1, whole, size, width, work);
  }

  private static void share(int first, Runnable whole, int size, int width, Work work) {
    IntStream strips = IntStream.range(first, (size + width - 1) / width);
    strips
        .parallel()
        .forEach(
            i -> {
              if (i < 0) {
                whole.run();
              } else {
                work.strip(i * width, Math.min(size, (i + 1) * width));
              }
            });
  }
}
