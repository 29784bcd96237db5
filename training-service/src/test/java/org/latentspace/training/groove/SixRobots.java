package org.latentspace.training.groove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.training.midi.MidiFileWriter;
import org.latentspace.training.rhythm.Song;

/**
 * The product's own example set: grooves for six robotic percussion instruments, 448 bars.
 *
 * <p>Fourteen feels, each in four tempers (few or many strokes, quiet or loud), each of these 56
 * grooves eight bars long. The same seed gives the same bytes.
 */
public final class SixRobots {
  public static final List<String> VOICES =
      List.of("kick", "snare", "closed-hat", "open-hat", "low-tom", "ride");
  public static final int BARS_PER_GROOVE = 8;
  public static final long SEED = 448;
  public static final String COPYRIGHT = "Latent Space Explorer, GPL-3.0-or-later";

  static final int KICK = 0;
  static final int SNARE = 1;
  static final int CLOSED_HAT = 2;
  static final int OPEN_HAT = 3;
  static final int LOW_TOM = 4;
  static final int RIDE = 5;

  /** The keys of General MIDI that the voices are written as, in the order of VOICES. */
  static final int[] KEYS = {36, 38, 42, 46, 45, 51};

  private SixRobots() {}

  /** Writes all files into the folder that is named, with the list of their names. */
  public static void main(String... folder) throws IOException {
    Path into = Path.of(folder[0]);
    for (GrooveFile each : files()) {
      Files.write(into.resolve(each.name()), each.bytes());
    }
    Files.write(into.resolve("FILES"), files().stream().map(GrooveFile::name).toList());
  }

  /** A groove as it stands in the set: its file's name and the file's bytes. */
  public record GrooveFile(String name, byte[] bytes) {}

  /** All grooves, made anew. */
  public static List<Song> songs() {
    List<Feel> feels = new ArrayList<>(StraightFeels.all());
    feels.addAll(RoundFeels.all());
    List<Song> songs = new ArrayList<>();
    for (Feel feel : feels) {
      for (Dynamics temper : Dynamics.values()) {
        String number = String.format("%02d", songs.size() + 1);
        String name = number + "-" + feel.name() + "-" + temper.label();
        songs.add(new GrooveGenerator(feel, temper, SEED * 1000 + songs.size()).play(name));
      }
    }
    return songs;
  }

  /** All grooves as MIDI files, made anew. */
  public static List<GrooveFile> files() {
    return songs().stream()
        .map(s -> new GrooveFile(s.name() + ".mid", MidiFileWriter.write(s, COPYRIGHT)))
        .toList();
  }
}
