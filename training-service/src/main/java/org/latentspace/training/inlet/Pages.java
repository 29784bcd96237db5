package org.latentspace.training.inlet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Cuts long lists into pages that fit into a message. */
public final class Pages {
  private static final int STANDARD_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;
  // A client takes messages of 4 MB if it is not told otherwise.
  public static final int MOST_BYTES = 3 << 20;

  private Pages() {}

  /** One page, and the name of its last entry where there are more; empty at the end. */
  public record Page<T>(List<T> entries, String next) {}

  /**
   * The entries after the one that the token names, newest first as they come. Throws
   * IllegalArgumentException for a size out of range and for a token of an entry that has gone.
   */
  public static <T> Page<T> page(
      List<T> all, Function<T, String> name, ToIntFunction<T> bytes, int size, String token) {
    if (size < 0 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "page_size is " + Integer.toUnsignedString(size) + ", must be 0..1000");
    }
    int start = 0;
    if (!token.isEmpty()) {
      List<String> names = all.stream().map(name).toList();
      start = names.indexOf(token) + 1;
      if (start == 0) {
        throw new IllegalArgumentException("page_token is of no page; begin without one");
      }
    }
    List<T> entries = new ArrayList<>();
    int most = size == 0 ? STANDARD_SIZE : size;
    int room = MOST_BYTES;
    for (int i = start; i < all.size() && entries.size() < most; i++) {
      room -= bytes.applyAsInt(all.get(i));
      if (room < 0 && !entries.isEmpty()) {
        break;
      }
      entries.add(all.get(i));
    }
    int end = start + entries.size();
    return new Page<>(entries, end < all.size() ? name.apply(all.get(end - 1)) : "");
  }
}
