package org.latentspace.training.data;

import java.util.List;
import java.util.TreeSet;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.rhythm.Song;

/** A piece that comes in. */
public record Arrival(Song song, Origin origin, List<String> tags) {

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
