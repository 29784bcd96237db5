package org.latentspace.training.fit;

/** Hears what becomes of a fit; the last two are the end, and one of them comes. Never waits. */
public interface FitListener {
  default void waiting(String what) {}

  /**
   * An epoch is over.
   *
   * @param epochs of all that is to be done, those of leave-one-out included
   */
  default void running(int epoch, int epochs, double loss) {}

  /**
   * It is done.
   *
   * @param remark what else there is to say; may be empty
   */
  default void done(Mapping mapping, String remark) {}

  /** It came to nothing. */
  default void failed(String reason) {}
}
