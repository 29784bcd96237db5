package org.latentspace.training.data;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.latentspace.training.data.outlet.PieceJournal;

/**
 * The data set; read this first.
 *
 * <pre>
 *   MIDI files -------> \
 *                        > RhythmStore (pieces, unquantised) --> selection on a grid --> DataSet
 *   recorded rhythms --> /      |  kit: key or voice's name -> voice
 *                               |
 *   taught pairs (the log) --> TaughtPairs, in memory
 *                               v
 *                            a journal of the pieces on the disk
 * </pre>
 */
@Singleton
public class DataFlow {
  private final RhythmStore rhythms;
  private final TaughtPairs pairs = new TaughtPairs();
  private final Browser browser;
  private final Kits kits;
  private final Novelty novelty;

  @Inject
  public DataFlow(DataConfig config) {
    Path folder = Path.of(config.dataDir());
    rhythms =
        new RhythmStore(
            new PieceJournal(folder),
            new RhythmStore.Room(config.mostPieces(), config.mostNotes()),
            BuiltIn::pieces);
    browser = new Browser(rhythms);
    kits = new Kits(folder.resolve("kits"));
    novelty =
        new Novelty(
            rhythms, new Novelty.Rule(config.novelty().limit(), config.novelty().takeKnown()));
  }

  /** The pieces; opened at the first use, and again after a disk was in the way. */
  public RhythmStore rhythms() {
    return rhythms;
  }

  /** What the log has of them. */
  public TaughtPairs pairs() {
    return pairs;
  }

  public Kits kits() {
    return kits;
  }

  /** Whether what was played is new. */
  public Novelty novelty() {
    return novelty;
  }

  /** Looks at the pieces. */
  public Browser browser() {
    return browser;
  }

  @PreDestroy
  void close() {
    rhythms.close();
  }
}
