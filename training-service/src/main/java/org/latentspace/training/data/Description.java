package org.latentspace.training.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.training.rhythm.GridWriter;

/**
 * What a selection has on a grid with a kit.
 *
 * @param excluded loops left out because they are excluded
 * @param tooFew loops left out because they have too few onsets
 * @param notes strokes of the pieces, whether or not they lie in a loop
 * @param unmapped key → strokes that the kit does not have
 * @param digest SHA-256 over grid, voices and every loop
 */
public record Description(
    int pieces,
    int loops,
    int excluded,
    int tooFew,
    long notes,
    Map<Integer, Integer> unmapped,
    GridWriter.Fate fate,
    Map<String, Integer> piecesByTag,
    Map<String, Integer> barsByMetre,
    Map<String, Integer> piecesByPerformer,
    String digest) {

  /** Counts what was picked. */
  static Description of(SelectionSummary pick) {
    Map<String, Integer> tags = new HashMap<>();
    Map<String, Integer> metres = new HashMap<>();
    Map<String, Integer> performers = new HashMap<>();
    long notes = 0;
    for (Piece piece : pick.pieces()) {
      notes += piece.song().notes().size();
      piece.about().tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
      ImportReport.countBars(piece.song(), metres);
      List<String> who =
          piece.about().origins().stream()
              .map(Origin::performer)
              .filter(performer -> !performer.isEmpty())
              .distinct()
              .toList();
      who.forEach(performer -> performers.merge(performer, 1, Integer::sum));
    }
    return new Description(
        pick.pieces().size(),
        pick.data().examples().size(),
        pick.excluded(),
        pick.tooFew(),
        notes,
        pick.unmapped(),
        pick.data().strokes(),
        tags,
        metres,
        performers,
        pick.data().digest());
  }
}
