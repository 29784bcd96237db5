package org.latentspace.training.fit;

/** Callback of a fit; it ends with one call of the last two. Implementations never block. */
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
