package org.latentspace.training.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where changes of what is kept are written down, one after the other, so that they last. */
public interface Journal extends AutoCloseable {
  /** What can happen to a piece. */
  sealed interface Change {
    /** The piece that it happens to. */
    String id();

    /** A piece comes in; one that was gone is back. */
    record Came(Piece piece) implements Change {
      @Override
      public String id() {
        return piece.id();
      }
    }

    /** What is known of a piece is replaced. */
    record Marked(String id, PieceInfo about) implements Change {}

    /** A piece is taken away; the log does not bring it back. */
    record Gone(String id) implements Change {}
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
