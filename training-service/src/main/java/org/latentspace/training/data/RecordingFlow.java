package org.latentspace.training.data;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.storage.NoRoom;

/** Loops that were played become pieces of the data set; read {@link DataFlow} first. */
@Singleton
public class RecordingFlow {
  private final RhythmStore rhythms;
  private final KitMap kit;

  @Inject
  public RecordingFlow(DataFlow data) {
    rhythms = data.rhythms();
    kit = data.kits().named(Kits.GENERAL_MIDI);
  }

  /** The kit whose keys stand for the voices of what was played. */
  public KitMap kit() {
    return kit;
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
}
