package org.latentspace.vae.outlet;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.wire.RhythmWire;

/**
 * Gathers a library from the wire: as much as a library holds, without what does not fit the model.
 */
final class LibraryReader {
  private static final Logger LOG = Logger.getLogger(LibraryReader.class);
  private static final int MOST_VOICES = 24;

  private final Model model;
  private final List<Entry> entries = new ArrayList<>();
  private long strokes;
  private int refused;

  /** For the library of this model. */
  LibraryReader(Model model) {
    this.model = model;
  }

  /** Takes one; false: there is no room for more. */
  boolean read(LibraryEntry entry) {
    try {
      org.latentspace.vae.rhythm.Rhythm rhythm = rhythm(entry.getRhythm());
      LibraryIndex.check(rhythm, entries.size(), model);
      if (entries.size() == RhythmLibrary.MOST_ENTRIES
          || strokes + rhythm.strokes() > RhythmLibrary.MOST_STROKES) {
        LOG.warnf("the library is too large; its first %d entries are held", entries.size());
        return false;
      }
      strokes += rhythm.strokes();
      entries.add(new Entry(entry.getId(), rhythm));
    } catch (IllegalArgumentException e) {
      if (refused++ == 0) {
        String id = entry.getId().replaceAll("[^ -~]", "?");
        LOG.warnf(
            "library entry %s is left out, and so are later bad ones: %s", id, e.getMessage());
      }
    }
    return true;
  }

  /** What was taken. */
  List<Entry> list() {
    return entries;
  }

  private static org.latentspace.vae.rhythm.Rhythm rhythm(Rhythm wire) {
    if (wire.getVoicesCount() > MOST_VOICES) {
      throw new IllegalArgumentException(wire.getVoicesCount() + " voices, must be 1..24");
    }
    org.latentspace.vae.rhythm.Rhythm rhythm = RhythmWire.read(wire);
    if (rhythm.strokes() > rhythm.grid().steps() * MOST_VOICES) {
      throw new IllegalArgumentException(rhythm.strokes() + " strokes, more than there are cells");
    }
    return rhythm;
  }
}
