package org.latentspace.training.fit;

import io.smallrye.config.WithDefault;

/** What can be set of fitting mappings. */
public interface FitConfig {
  /** How mappings are fitted. */
  Fit fit();

  /** How mappings are fitted. */
  interface Fit {
    /** How far the thread that fits runs behind the music's threads, 0..19 (nice, on Linux). */
    @WithDefault("5")
    int nice();

    /** Fits that may wait for their turn, 1..1000. */
    @WithDefault("64")
    int waiting();
  }
}
