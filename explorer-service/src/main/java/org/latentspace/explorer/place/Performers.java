package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latentspace.explorer.landmark.Landmark;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * The performers that were heard, bounded. When there is no room, one whose sound has ended makes
 * place for a new one; while all are playing, a new one is refused.
 */
public final class Performers {
  private final int most;
  private final Settings settings;
  private final Function<String, Change> before;
  private final Function<String, List<Landmark>> taught;
  // Guarded by this; in the order in which they were first heard.
  private final Map<String, Performer> byName = new LinkedHashMap<>();
  private final List<Consumer<Performer>> greetings = new CopyOnWriteArrayList<>();

  /**
   * @param most performers at a time, at least 1
   * @param settings with which each begins
   */
  public Performers(int most, Settings settings) {
    this(most, settings, name -> null, name -> List.of());
  }

  /**
   * @param before what a performer of that name has set before; null for nothing
   * @param taught what a performer of that name has taught before
   */
  public Performers(
      int most,
      Settings settings,
      Function<String, Change> before,
      Function<String, List<Landmark>> taught) {
    this.most = most;
    this.settings = settings;
    this.before = before;
    this.taught = taught;
  }

  /**
   * From now on a new performer gets what it had before, such as its mapping, ahead of its first
   * frame. Called by who plays: it must neither wait nor throw.
   */
  public void greet(Consumer<Performer> greeting) {
    greetings.add(greeting);
  }

  /** The performer of this name, new if need be; null when there is no room. */
  public synchronized Performer heard(String name) {
    Performer known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (byName.size() >= most && !makeRoom()) {
      return null;
    }
    Performer performer = new Performer(name, settings);
    greetings.forEach(greeting -> greeting.accept(performer));
    Change set = before.apply(name);
    if (set != null) {
      performer.restore(set);
    }
    performer.landmarks(taught.apply(name));
    byName.put(name, performer);
    return performer;
  }

  /** The performer of this name; null if it was never heard. */
  public synchronized Performer find(String name) {
    return byName.get(name);
  }

  public synchronized List<Performer> all() {
    return new ArrayList<>(byName.values());
  }

  /** The mapping that performers begin with who have none of their own. */
  public TaughtMapping beginning() {
    return TaughtMapping.unnamed(settings.mapping());
  }

  /** Entries of a position. */
  public int latentSize() {
    return settings.latentSize();
  }

  public int most() {
    return most;
  }

  private boolean makeRoom() {
    for (Performer performer : byName.values()) {
      if (performer.ended()) {
        byName.remove(performer.name());
        return true;
      }
    }
    return false;
  }
}
