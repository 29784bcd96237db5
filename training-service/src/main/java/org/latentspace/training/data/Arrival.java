package org.latentspace.training.data;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.rhythm.Song;

/**
 * A piece that comes in.
 *
 * @param known bars that are like others of the data set, see {@link Novelty}
 * @param leftOut bars with which no loop shall begin
 */
public record Arrival(
    Song song, Origin origin, List<String> tags, Set<Integer> known, Set<Integer> leftOut) {
  /** A tag of bars that are like others of the data set. */
  public static final String KNOWN_BAR = "known";

  /** A piece of which nobody asks whether it is new. */
  public Arrival(Song song, Origin origin, List<String> tags) {
    this(song, origin, tags, Set.of(), Set.of());
  }

  /** What became of an arrival; piece is null where it was not taken. */
  public record Outcome(How how, Piece piece, String reason) {}

  /** What can become of an arrival. */
  public enum How {
    ADDED,
    /** Its strokes are here already; its tags were added. */
    KNOWN,
    /** It was deleted once, and the log does not bring it back. */
    STAYS_AWAY,
    /** There is no room; the reason names the bound. */
    REFUSED
  }

  /** Throws IllegalArgumentException for what cannot be a tag, or too many of them. */
  public Arrival {
    tags = List.copyOf(new TreeSet<>(PieceInfo.checkTags(tags)));
    if (tags.size() > PieceInfo.MOST_TAGS) {
      throw new IllegalArgumentException("more than " + PieceInfo.MOST_TAGS + " tags");
    }
  }

  /** What is known of it besides its strokes. */
  PieceInfo about() {
    PieceInfo about = PieceInfo.of(origin, tags);
    for (int bar : known) {
      about = about.tagged(bar, List.of(KNOWN_BAR), List.of());
    }
    for (int bar : leftOut) {
      about = about.excluded(bar, true);
    }
    return about;
  }

  /**
   * The known piece of the same strokes; where this is a file, with its tempi, and with its length
   * if that is greater. So a file that comes again brings what an earlier reading did not see.
   */
  Piece timed(Piece known) {
    Song before = known.song();
    double quarters = Math.max(before.quarters(), song.quarters());
    boolean same = quarters == before.quarters() && song.tempi().equals(before.tempi());
    if (same || origin.source() != Source.MIDI) {
      return known;
    }
    Song timed =
        new Song(
            before.name(),
            quarters,
            song.tempi(),
            before.metres(),
            before.notes(),
            before.voices());
    return new Piece(known.id(), timed, known.about());
  }
}
