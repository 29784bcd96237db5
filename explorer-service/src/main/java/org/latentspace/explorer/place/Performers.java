package org.latentspace.explorer.place;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.performer.Places;

/**
 * The performers that were heard, bounded. When there is no room, one whose sound has ended, or
 * from whom nothing has come for ten seconds, makes place for a new one; else that one is refused.
 *
 * <p>Who had to make room is remembered, {@value #MOST_AWAY} of them: they are found as before, and
 * go on as they were when they are heard again. Of those before them, what is on disk remains.
 */
public final class Performers {
  static final int MOST_AWAY = 64;

  private final PerformerSettings.Defaults settings;
  private final Places<Performer> present;
  // Guarded by this, as is who is taken into present; the longest away first.
  private final Map<String, Performer> away = new LinkedHashMap<>();
  private final List<Consumer<Performer>> greetings = new CopyOnWriteArrayList<>();

  /**
   * @param most performers at a time, at least 1
   * @param settings with which each begins
   */
  public Performers(int most, PerformerSettings.Defaults settings) {
    this.settings = settings;
    this.present = new Places<>(most, Performer::ended, this::goAway);
  }

  /**
   * From now on a new performer gets what it had before, such as its mapping, ahead of its first
   * frame. Called by who plays: it must neither wait nor throw.
   */
  public void greet(Consumer<Performer> greeting) {
    greetings.add(greeting);
  }

  /**
   * The performer of this name, of whom something has come; new if need be.
   *
   * @param nowNanos of {@link System#nanoTime}
   * @return null when there is no room
   */
  public synchronized Performer heard(String name, long nowNanos) {
    return present.heard(name, nowNanos, this::begin);
  }

  private Performer begin(String name) {
    Performer back = away.remove(name);
    return back == null ? greeted(name) : back;
  }

  private void goAway(Performer performer) {
    performer.forgetRecent();
    away.put(performer.name(), performer);
    if (away.size() > MOST_AWAY) {
      away.remove(away.keySet().iterator().next());
    }
  }

  /** The performer of this name, present or remembered; null for any other. */
  public synchronized Performer find(String name) {
    Performer here = present.find(name);
    return here == null ? away.get(name) : here;
  }

  /** Those who have a place, in the order in which they came; nobody is added but by this class. */
  public Places<Performer> present() {
    return present;
  }

  /** "ok", or who found no room. */
  public String status(long nowNanos) {
    return present.status("explorer-service.max-performers", nowNanos);
  }

  /** The performer of this name; one that was not heard yet as it would begin. */
  public synchronized Performer asItStands(String name) {
    Performer known = find(name);
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
}
