package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * The performers that were heard, bounded. When there is no room, one whose sound has ended makes
 * place for a new one; while all are playing, a new one is refused.
 */
public final class Performers {
  private final int most;
  private final Settings settings;
  // Guarded by this; in the order in which they were first heard.
  private final Map<String, Performer> byName = new LinkedHashMap<>();
  private final List<Consumer<Performer>> greetings = new CopyOnWriteArrayList<>();

  /**
   * @param most performers at a time, at least 1
   * @param settings with which each begins
   */
  public Performers(int most, Settings settings) {
    this.most = most;
    this.settings = settings;
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
    Performer performer = greeted(name);
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

  /** The performer of this name; one that was not heard yet as it would begin. */
  public synchronized Performer asItStands(String name) {
    Performer known = byName.get(name);
    return known == null ? greeted(name) : known;
  }

  private Performer greeted(String name) {
    Performer performer = new Performer(name, settings);
    greetings.forEach(greeting -> greeting.accept(performer));
    return performer;
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
