package org.latentspace.training.data;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.latentspace.training.data.outlet.PieceJournal;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.storage.NoRoom;

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
  private final KitMap playedKit;

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
    playedKit = kits.named(Kits.GENERAL_MIDI);
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

  /** Looks at the pieces. */
  public Browser browser() {
    return browser;
  }

  /** The kit whose keys stand for the voices of what was played. */
  public KitMap playedKit() {
    return playedKit;
  }

  /**
   * Keeps a loop that was played. Returns whether it is a new piece; throws NoRoom where there is
   * none for it.
   */
  public boolean recorded(Arrival arrival) {
    Arrival.Outcome outcome = rhythms.add(List.of(arrival)).get(0);
    if (outcome.how() == Arrival.How.REFUSED) {
      throw new NoRoom(outcome.reason());
    }
    return outcome.how() == Arrival.How.ADDED;
  }

  @PreDestroy
  void close() {
    rhythms.close();
  }
}
