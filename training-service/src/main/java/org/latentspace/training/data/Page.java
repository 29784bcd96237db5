package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Some of a longer list.
 *
 * @param next names the last entry, behind which the next page begins; empty where there is none
 * @param total how many there are on all pages
 */
public record Page<T>(List<T> entries, String next, int total) {
  /** Bytes of a page: a client takes messages of 4 MB if it is not told otherwise. */
  public static final int MOST_BYTES = 3 << 20;

  private static final int STANDARD_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;

  /**
   * The page that begins with an entry.
   *
   * @param size entries, 0..1000, 0 for 100; else throws IllegalArgumentException
   * @param name of an entry, which no other has
   * @param bytes of an entry in a message
   */
  static <T> Page<T> of(
      List<T> all, int start, int size, Function<T, String> name, ToIntFunction<T> bytes) {
    if (size < 0 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "page_size is " + Integer.toUnsignedString(size) + ", must be 0.." + LARGEST_SIZE);
    }
    List<T> entries = new ArrayList<>();
    int most = size == 0 ? STANDARD_SIZE : size;
    int room = MOST_BYTES;
    for (int i = start; i < all.size() && entries.size() < most; i++) {
      T entry = all.get(i);
      room -= bytes.applyAsInt(entry);
      if (room < 0 && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
    }
    boolean more = start + entries.size() < all.size();
    return new Page<>(entries, more ? name.apply(entries.get(entries.size() - 1)) : "", all.size());
  }

  /** The page behind the entry that the token names; throws where it names one that has gone. */
  public static <T> Page<T> behind(
      String token, List<T> all, int size, Function<T, String> name, ToIntFunction<T> bytes) {
    int start = token.isEmpty() ? 0 : all.stream().map(name).toList().indexOf(token) + 1;
    if (start == 0 && !token.isEmpty()) {
      throw new IllegalArgumentException("page_token is of no page; begin without one");
    }
    return of(all, start, size, name, bytes);
  }

  /** The same page of something else. */
  <R> Page<R> map(Function<T, R> change) {
    return new Page<>(entries.stream().map(change).toList(), next, total);
  }
}
