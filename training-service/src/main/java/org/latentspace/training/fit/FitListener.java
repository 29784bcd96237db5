package org.latentspace.training.fit;

/** Hears what becomes of a fit; the last four are the end, and one of them comes. Never waits. */
public interface FitListener {
  void waiting(String what);

  /**
   * An epoch is over.
   *
   * @param epochs of all that is to be done, those of leave-one-out included
   */
  void running(int epoch, int epochs, double loss);

  /**
   * It is done.
   *
   * @param remark what else there is to say; may be empty
   */
  void done(Mapping mapping, String remark);

  /** It came to nothing. */
  void failed(String reason);

  /** It cannot be done as it was asked for, or not now. */
  void refused(RuntimeException reason);
}
