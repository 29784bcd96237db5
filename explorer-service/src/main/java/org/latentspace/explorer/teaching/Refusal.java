package org.latentspace.explorer.teaching;

/** Says in one line why a pair cannot be taught or taken away. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** There is none of that name. */
    UNKNOWN,
    /** As many as there may be are there. */
    NO_ROOM,
    /** Nothing was heard that could be taught. */
    NOT_YET,
    /** The disk is gone or full; it may mend itself. */
    UNAVAILABLE
  }

  private final Kind kind;

  public Refusal(Kind kind, String line) {
    super(line);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
