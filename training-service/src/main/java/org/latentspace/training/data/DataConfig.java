package org.latentspace.training.data;

import io.smallrye.config.WithDefault;

/** What can be set of the data set. */
public interface DataConfig {
  /** Folder for data sets and models; need not exist, but must be writable. */
  @WithDefault("data/training")
  String dataDir();

  /** Folder below which ImportFolder finds MIDI files; need not exist. */
  @WithDefault("data/import")
  String importDir();

  /** Most pieces that are kept, 1..1000000. */
  @WithDefault("100000")
  int mostPieces();

  /** Most strokes of all pieces together, 1000..100000000; each takes 13 bytes of memory. */
  @WithDefault("5000000")
  long mostNotes();

  /** Fewest onsets of a loop where a call does not say it, 0..1000. */
  @WithDefault("1")
  int minOnsets();

  /** Which of the bars that were played come in. */
  Novelty novelty();

  /** Which of the bars that were played come in. */
  interface Novelty {
    /** A bar whose distance to every other is above this is new, 0..1. */
    @WithDefault("0.45")
    double limit();

    /** Whether bars that are known come in, too. */
    @WithDefault("false")
    boolean takeKnown();
  }
}
