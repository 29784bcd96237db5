package org.latentspace.vae.versions;

import java.util.function.BooleanSupplier;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.Model;

/** Where a version's bytes are to be had. */
public interface ModelSource {
  /**
   * Fetches a version's file; blocks.
   *
   * @param wanted its sha256 is not checked here
   * @param givenUp asked again and again; once true the fetch ends
   * @return at most {@link ModelActivation#MOST_BYTES} bytes
   * @throws Unavailable when it cannot be had now, or was given up
   * @throws ModelFault when the bytes cannot be this version's file
   */
  byte[] fetch(ModelActivation wanted, BooleanSupplier givenUp) throws Unavailable, ModelFault;

  /** A version or library cannot be fetched now; the message says why. It is tried again. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String status) {
      super(status);
    }
  }

  /** The model that this player has of its own: the one of its configuration. */
  interface ConfiguredModel {
    /**
     * Reads it anew.
     *
     * @throws ModelFault when there is none, or it cannot be played any more
     */
    Model read() throws ModelFault;
  }
}
