package org.latentspace.training.data.outlet;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How a change stands in a journal.
 *
 * @param <C> a change
 */
interface Codec<C> {
  void write(C change, DataOutputStream out) throws IOException;

  /** Throws IOException or IllegalArgumentException for bytes that are no change. */
  C read(DataInputStream in) throws IOException;
}
