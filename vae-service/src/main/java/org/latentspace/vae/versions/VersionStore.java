package org.latentspace.vae.versions;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.latentspace.vae.model.Model;

/**
 * Versions that are kept on this player's disk, so that it starts with the one that played last
 * without any neighbour. One thread writes at a time.
 */
public interface VersionStore {
  /** The versions, those that played last first; their time of activation is unknown. */
  List<ModelActivation> versions();

  /** The model of a version, verified as if it had just been fetched; null when it is not here. */
  Model read(ModelActivation wanted);

  /** The version of this name that played last; null when none is here. */
  Model read(String version);

  /** Keeps a verified file. */
  void put(ModelActivation version, byte[] bytes) throws IOException;

  /** Remembers the version that plays; the player's own model as well. */
  void played(ModelActivation activated) throws IOException;

  /** The version that played last, or null. */
  ModelActivation last();

  /** Deletes what played longest ago until the rest fits; never a file with one of these sums. */
  void trim(Set<String> spared);

  /** Deletes what a write that was cut off has left behind. */
  void sweep();
}
