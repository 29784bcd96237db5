package org.latentspace.training.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece, or one of its loops.
 *
 * @param bar the first bar of the loop, counted through the piece from 0; -1 for the whole piece
 */
public record Item(String piece, int bar) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9a-f]{16})(?::([0-9]{1,7}))?");

  /** "piece" or "piece:bar"; throws IllegalArgumentException for anything else. */
  public static Item of(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.printable(written, 64)
              + "' must be a piece, 16 hexadecimal digits, or piece:bar");
    }
    String bar = matcher.group(2);
    return new Item(matcher.group(1), bar == null ? -1 : Integer.parseInt(bar));
  }

  boolean isLoop() {
    return bar >= 0;
  }

  @Override
  public String toString() {
    return isLoop() ? piece + ":" + bar : piece;
  }
}
