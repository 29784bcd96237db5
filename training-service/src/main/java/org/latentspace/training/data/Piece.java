package org.latentspace.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;
import org.latentspace.training.storage.Sha256;

/**
 * A piece of the data set.
 *
 * @param id 16 hexadecimal digits, the same for the same strokes and metres
 */
public record Piece(String id, Song song, PieceInfo about) {
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

  private static final int ID_BYTES = 8;

  /**
   * A piece under the name that its strokes give it: the beginning of the SHA-256 over metres,
   * strokes and the voices' names where it has them. The product's own pieces are told apart from
   * the same ones brought in.
   */
  public static Piece of(Song song, PieceInfo about) {
    MessageDigest digest = Sha256.digest();
    if (about.first().source() == Source.BUILT_IN) {
      digest.update("built-in".getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer buffer = ByteBuffer.allocate(16);
    for (Song.Metre metre : song.metres()) {
      buffer.clear().putDouble(metre.quarter()).putInt(metre.beats()).putInt(metre.unit()).flip();
      digest.update(buffer);
    }
    for (Note note : song.notes()) {
      buffer.clear().putDouble(note.quarter()).putInt(note.key()).putFloat(note.velocity()).flip();
      digest.update(buffer);
    }
    new TreeMap<>(song.voices())
        .forEach((key, name) -> digest.update((key + name).getBytes(StandardCharsets.UTF_8)));
    byte[] start = java.util.Arrays.copyOf(digest.digest(), ID_BYTES);
    return new Piece(HexFormat.of().formatHex(start), song, about);
  }

  Piece with(PieceInfo other) {
    return new Piece(id, song, other);
  }

  /** Whether it has tags or exclusions. */
  boolean isMarked() {
    return !about.marks().isEmpty();
  }
}
