package org.latentspace.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.Song;

/** The product's own example set: 56 grooves for six robots, 448 bars, as MIDI files. */
public final class BuiltIn {
  private BuiltIn() {}

  /** A MIDI file of the set: its name and its bytes. */
  public record MidiFile(String name, byte[] bytes) {
    /** What the file holds, under its name without ".mid". */
    public Song song() {
      try {
        return MidiFileReader.read(name, bytes);
      } catch (MidiFileException broken) {
        throw new IllegalStateException("the example set is damaged: " + name, broken);
      }
    }
  }

  /** All files, in the order of their names. */
  public static List<MidiFile> files() {
    String names = new String(resource("six-robots/FILES"), StandardCharsets.UTF_8);
    return names.lines().map(name -> new MidiFile(name, resource("six-robots/" + name))).toList();
  }

  /** The same as pieces of the data set. */
  public static List<Piece> pieces() {
    return files().stream().map(BuiltIn::piece).toList();
  }

  private static Piece piece(MidiFile file) {
    Origin origin = new Origin(Source.BUILT_IN, file.name(), "", Instant.EPOCH);
    return Piece.of(file.song(), PieceInfo.of(origin, List.of()));
  }

  /** A file that comes with the product. */
  static byte[] resource(String name) {
    try (InputStream in = BuiltIn.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own file " + name);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
