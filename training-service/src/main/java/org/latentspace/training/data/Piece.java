package org.latentspace.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
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
    return about.excluded() || !about.tags().isEmpty() || !about.loops().isEmpty();
  }
}
