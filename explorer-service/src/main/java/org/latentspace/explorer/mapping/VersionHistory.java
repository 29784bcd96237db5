package org.latentspace.explorer.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which versions of a mapping a performer has, and which of them plays. Of one thread.
 *
 * <p>Later versions sort later. A version that is newer than all others plays as it comes; one that
 * comes again, or late, changes nothing, so that what was chosen stays chosen.
 */
public final class VersionHistory {
  /** Versions of one performer. */
  public static final int MOST = 50;

  private final TreeSet<String> versions = new TreeSet<>();
  private String playing = "";

  public VersionHistory(Collection<String> before, String playing) {
    versions.addAll(before);
    this.playing = playing;
  }

  /** What becomes of a version that comes. */
  public enum Fate {
    /** It is here already, or older than all that there is room for. */
    LET_PASS,
    KEPT,
    PLAYS
  }

  /** Takes a version. */
  public Fate take(String version) {
    boolean late = versions.size() >= MOST && version.compareTo(versions.first()) < 0;
    if (late || versions.contains(version)) {
      return Fate.LET_PASS;
    }
    boolean newest = versions.isEmpty() || version.compareTo(versions.last()) > 0;
    versions.add(version);
    if (!newest) {
      return Fate.KEPT;
    }
    playing = version;
    return Fate.PLAYS;
  }

  /** Takes the oldest that there is no room for out of the line; null if there is none. */
  public String surplus() {
    if (versions.size() <= MOST) {
      return null;
    }
    String oldest = versions.first();
    String out = oldest.equals(playing) ? versions.higher(oldest) : oldest;
    versions.remove(out);
    return out;
  }

  /** One that cannot be read is no longer here. */
  public void forget(String version) {
    versions.remove(version);
  }

  public boolean has(String version) {
    return versions.contains(version);
  }

  /** The version before the one that plays, the newest where none of them plays; null if none. */
  public String before() {
    if (playing.isEmpty()) {
      return versions.isEmpty() ? null : versions.last();
    }
    return versions.lower(playing);
  }

  /** This one plays; empty: none of them. */
  public void play(String version) {
    playing = version;
  }

  /** Empty where none of them plays. */
  public String playing() {
    return playing;
  }

  public List<String> newestFirst() {
    return new ArrayList<>(versions.descendingSet());
  }

  /**
   * What plays: a version, or where that is empty, what was set by hand; both may be empty.
   *
   * @param byHand FluCoMa JSON
   */
  public record Playing(String version, String byHand) {
    /** Nothing of the performer's own. */
    public static final Playing NOTHING = new Playing("", "");
  }
}
