package org.latentspace.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.Song;

/** The product's own example set, 448 bars, as pieces. */
public final class BuiltIn {
  private BuiltIn() {}

  /** The pieces, as their MIDI files stand in the product. */
  public static List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (Song song : SixRobots.songs()) {
      String file = song.name() + ".mid";
      Origin origin = new Origin(Source.BUILT_IN, file, "", Instant.EPOCH);
      pieces.add(Piece.of(read(file), About.of(origin, List.of())));
    }
    return pieces;
  }

  private static Song read(String file) {
    try (InputStream in = BuiltIn.class.getResourceAsStream("/six-robots/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own file " + file);
      }
      return MidiFileReader.read(file, in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (MidiFileException broken) {
      throw new IllegalStateException("the example set is damaged: " + file, broken);
    }
  }
}
