package org.latentspace.vae.versions;

import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.Model;

/** The model that this player has of its own: the one of its configuration. */
public interface ConfiguredModel {
  /**
   * Reads it anew.
   *
   * @throws ModelFault when there is none, or it cannot be played any more
   */
  Model read() throws ModelFault;
}
