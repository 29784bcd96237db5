package org.latentspace.training;

import io.smallrye.config.WithDefault;

/** What can be set of fitting mappings; part of {@link TrainingConfig}. */
public interface FitConfig {
  /** How mappings are fitted. */
  Fit fit();

  /** How mappings are fitted. */
  interface Fit {
    /** Whether the worker is started before somebody asks for a fit. */
    @WithDefault("true")
    boolean warm();

    /** How long after the start of the service the worker is started, 0..600000 ms. */
    @WithDefault("4000")
    int warmAfterMs();

    /** Java heap of the worker, 32..16384 MB. */
    @WithDefault("96")
    int heapMb();

    /** Native memory of the worker's arrays, 64..65536 MB. */
    @WithDefault("128")
    int nativeMb();

    /** How far the worker stands back for the music, 0..19 (nice). */
    @WithDefault("5")
    int nice();

    /** Fits that may wait, for the log or for their turn, 1..1000. */
    @WithDefault("64")
    int waiting();

    /** How long the worker may say nothing before another takes its place, 1000..600000 ms. */
    @WithDefault("15000")
    int patienceMs();
  }
}
