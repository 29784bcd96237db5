package org.latentspace.explorer.place;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.TaughtMapping;

/** Says in one line what is the matter with a performer's mapping. */
public class MappingFaults {
  private static final int MOST = 1024;

  private final Map<String, String> notes = new ConcurrentHashMap<>();

  /** Until something else is said, or another mapping begins to play. */
  public void note(String performer, String line) {
    if (notes.size() < MOST || notes.containsKey(performer)) {
      notes.put(performer, line);
    }
  }

  public void forget(String performer) {
    notes.remove(performer);
  }

  /** Empty if nothing is the matter. */
  public String of(Performer performer) {
    String note = notes.getOrDefault(performer.name(), "");
    Frame frame = performer.frame();
    TaughtMapping mapping = performer.taught();
    boolean other =
        frame != null
            && !mapping.scaling().isEmpty()
            && !frame.scaling().isEmpty()
            && !mapping.scaling().equals(frame.scaling());
    if (!other) {
      return note;
    }
    String line =
        "the mapping was fitted with scaling "
            + mapping.scaling()
            + ", what is heard is scaled by "
            + frame.scaling()
            + ": fit again";
    return note.isEmpty() ? line : note + "; " + line;
  }
}
