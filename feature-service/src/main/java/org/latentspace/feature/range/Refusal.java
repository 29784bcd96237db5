package org.latentspace.feature.range;

/** Something about ranges that cannot be done, and why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of reason. */
  public enum Kind {
    /** Something has to come first. */
    NOT_YET,
    /** There is no such thing. */
    NOT_THERE,
    /** A bound is reached. */
    NO_ROOM,
    /** The disk did not take it. */
    NOT_STORED
  }

  private final Kind kind;

  public Refusal(Kind kind, String why) {
    super(why);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
