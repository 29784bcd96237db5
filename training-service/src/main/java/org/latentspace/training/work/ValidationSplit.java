package org.latentspace.training.work;

import java.util.List;
import org.latentspace.training.rhythm.DataSet;

/** Decides what of a data set is held back to judge by. */
public final class ValidationSplit {
  /** Of fewer examples than this, all are needed to learn from. */
  public static final int FEWEST = 64;

  private ValidationSplit() {}

  /** As DataSet.split; but nothing is held back of fewer than 64 examples. */
  public static DataSet.Split of(DataSet data, double share, long seed) {
    return data.examples().size() < FEWEST
        ? new DataSet.Split(data.examples(), List.of())
        : data.split(share, seed);
  }
}
