package org.latentspace.training.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentspace.training.rhythm.Song;

/** Where changes of what is kept are written down, one after the other, so that they last. */
public interface Journal extends AutoCloseable {
  /**
   * What happens to a piece: it comes in, or is back; without a song, what is known of it is
   * replaced; without either, it is taken away, and the log does not bring it back.
   */
  record Change(String id, Song song, PieceInfo about) {
    static Change came(Piece piece) {
      return new Change(piece.id(), piece.song(), piece.about());
    }

    static Change marked(String id, PieceInfo about) {
      return new Change(id, null, about);
    }

    static Change gone(String id) {
      return new Change(id, null, null);
    }

    /** What becomes of a piece, null where there is or was none. */
    Piece of(Piece before) {
      if (song != null) {
        return new Piece(id, song, about);
      }
      return before == null || about == null ? null : before.with(about);
    }
  }

  /** Replays everything that was written, in order; accepts more from then on. */
  void open(Consumer<Change> each) throws IOException;

  /**
   * Returns when the changes will last, all of them or, where it fails, none.
   *
   * @param whole the least list of changes that leads to the present state; asked for when the
   *     journal has grown so long that it is written anew
   */
  void append(List<Change> changes, Supplier<Iterable<Change>> whole) throws IOException;

  /** Bytes on the disk. */
  long bytes();

  @Override
  void close();
}
