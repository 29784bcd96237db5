package org.latentspace.audio.sound;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All musicians of this service, in the order of their names. */
public final class Performers {
  private final SortedMap<String, Performer> byName = new TreeMap<>();

  public Performers(List<Performer> performers) {
    performers.forEach(performer -> byName.put(performer.name(), performer));
  }

  /** Null when there is none of this name. */
  public Performer find(String name) {
    return byName.get(name);
  }

  public Collection<Performer> all() {
    return byName.values();
  }

  public boolean allEnded() {
    return byName.values().stream().allMatch(Performer::ended);
  }

  /** All have ended, and the music that came from them is over, too. */
  public boolean allFinished() {
    return byName.values().stream().allMatch(p -> p.ended() && p.finished());
  }
}
