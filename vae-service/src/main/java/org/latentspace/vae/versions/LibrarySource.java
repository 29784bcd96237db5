package org.latentspace.vae.versions;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;

/** Where the loops that a version was trained on are to be had. */
public interface LibrarySource {
  /**
   * Fetches the library of a version; blocks. Entries that are no rhythms are left out.
   *
   * @param line of the version; empty for the player's own model
   * @param givenUp asked again and again; once true the fetch ends
   * @return at most as many entries and strokes as a library holds
   * @throws SourceUnavailable when it cannot be had now, or was given up
   */
  List<Entry> library(String line, Model model, BooleanSupplier givenUp) throws SourceUnavailable;
}
