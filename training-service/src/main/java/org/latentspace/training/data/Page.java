package org.latentspace.training.data;

import java.util.List;

/**
 * Some of a longer list.
 *
 * @param next where the next page begins; empty where there is none
 * @param total how many there are on all pages
 */
public record Page<T>(List<T> entries, String next, int total) {
  private static final int STANDARD_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;

  /** Throws IllegalArgumentException for a size that is not 0..1000; 0 is 100. */
  public static int size(int asked) {
    if (asked < 0 || asked > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "page_size is " + asked + ", must be 1.." + LARGEST_SIZE + ", or 0 for " + STANDARD_SIZE);
    }
    return asked == 0 ? STANDARD_SIZE : asked;
  }
}
