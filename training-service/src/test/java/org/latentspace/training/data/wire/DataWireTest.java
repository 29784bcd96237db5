package org.latentspace.training.data.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.proto.SelectionDescription;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.PieceInfo;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.SelectionSummary;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

class DataWireTest {
  @Test
  void aDescriptionCountsByTagMetreAndPerformer() {
    List<Piece> pieces =
        List.of(
            piece(1, "anna", new Song.Metre(0, 4, 4), "jazz", "old"),
            piece(2, "ben", new Song.Metre(0, 4, 4), "rock"),
            piece(3, "anna", new Song.Metre(0, 3, 4), "jazz"));
    KitMap kit = KitMap.parse("kick = 36");
    SelectionDescription all =
        DataWire.description(SelectionSummary.of(pieces, Selection.ALL, Grid.STANDARD, kit, 1));
    assertEquals(3, all.getPieces());
    assertEquals(6, all.getLoops());
    assertEquals(44, all.getNotes());
    assertEquals(2, all.getPiecesByTagOrThrow("jazz"));
    assertEquals(8, all.getBarsByMetreOrThrow("4/4"));
    assertEquals(4, all.getBarsByMetreOrThrow("3/4"));
    assertEquals(2, all.getPiecesByPerformerOrThrow("anna"));
    assertEquals(22, all.getUnmappedKeysOrThrow(38));
    assertEquals(22, all.getNotesUnmapped());
    assertEquals(64, all.getDigest().length());
  }

  /** Four bars of kick and snare in turn. */
  private static Piece piece(int seed, String performer, Song.Metre metre, String... tags) {
    List<Note> notes = new ArrayList<>();
    for (int beat = 0; beat < 4 * metre.beats(); beat++) {
      notes.add(new Note(beat, beat % 2 == 0 ? 36 : 38, (1 + seed) / 127f));
    }
    Song song = new Song("s" + seed, 120, 4 * metre.barQuarters(), List.of(metre), notes);
    Origin origin = new Origin(Source.MIDI, "s" + seed, performer, Instant.EPOCH);
    return Piece.of(song, PieceInfo.of(origin, List.of(tags)));
  }
}
