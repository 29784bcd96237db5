package org.latentspace.vae.versions;

import java.util.function.BooleanSupplier;
import org.latentspace.model.ModelFault;

/** Where a version's bytes are to be had. */
public interface ModelSource {
  /**
   * Fetches a version's file; blocks.
   *
   * @param wanted its sha256 is not checked here
   * @param givenUp asked again and again; once true the fetch ends
   * @return at most {@link ModelActivation#MOST_BYTES} bytes
   * @throws SourceUnavailable when it cannot be had now, or was given up
   * @throws ModelFault when the bytes cannot be this version's file
   */
  byte[] fetch(ModelActivation wanted, BooleanSupplier givenUp)
      throws SourceUnavailable, ModelFault;
}
