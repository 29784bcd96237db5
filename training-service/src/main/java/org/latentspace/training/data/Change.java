package org.latentspace.training.data;

/** What can happen to a piece. */
public sealed interface Change {
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
