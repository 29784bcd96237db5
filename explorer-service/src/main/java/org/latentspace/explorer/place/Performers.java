package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private volatile Function<String, Change> before = name -> null;

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
    Performer performer = new Performer(name, settings);
    greetings.forEach(greeting -> greeting.accept(performer));
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

  /**
   * From now on knows what a performer of a name has set before; it must neither wait nor throw.
   */
  public void remember(Function<String, Change> set) {
    before = set;
  }

  /** What holds for a performer, also for one that was not heard yet. */
  public Choices choices(String name) {
    Performer known = find(name);
    Change set = known == null ? before.apply(name) : null;
    Choices usual = settings.choices();
    return known != null ? known.choices() : set == null ? usual : usual.with(set);
  }

  /** Names of the outputs that a mapping has by these routes. */
  public List<String> outputs(List<Route> routes) {
    return new Outputs(settings.latentSize())
        .names(settings.latentSize() + 2 + routes.size(), routes);
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
