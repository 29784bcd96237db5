package org.latentspace.feature.dsp;

/** What became of a block. */
public enum Verdict {
  /** It completed one frame or several. */
  FRAMED,
  /** It was heard, but completed no frame. */
  UNFRAMED,
  /** Refused: every place is taken by a performer who sounds. */
  NO_ROOM,
  /** Refused: the performer's sample rate changed while its sound went on. */
  OTHER_RATE;

  /** The block was not heard. */
  public boolean refused() {
    return this == NO_ROOM || this == OTHER_RATE;
  }
}
