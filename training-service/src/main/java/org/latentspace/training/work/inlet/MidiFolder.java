package org.latentspace.training.work.inlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;

/** Brings in MIDI files and kits: those that come with the product, or a folder's. */
final class MidiFolder {
  private static final long LARGEST_FILE = 4 << 20;
  private static final int MOST_FILES = 100_000;

  private MidiFolder() {}

  /**
   * The pieces that could be read, and a line for every file that could not.
   *
   * @param remarks what was wrong with files that were read
   */
  record Pieces(List<Song> songs, List<String> skipped, List<String> remarks) {}

  /** All MIDI files below a folder, in the order of their paths. */
  static Pieces read(Path folder) {
    return read(folder, file -> true);
  }

  /** Those of them that the choice takes, which is asked with their paths. */
  static Pieces read(Path folder, Predicate<Path> choice) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--data " + folder + " is not a folder");
    }
    List<Song> songs = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Path file : files(folder)) {
      if (!choice.test(file)) {
        continue;
      }
      String name = folder.relativize(file).toString();
      try {
        if (Files.size(file) > LARGEST_FILE) {
          throw new MidiFileException("larger than 4 MB");
        }
        MidiFileReader.Read read = MidiFileReader.readAll(name, Files.readAllBytes(file));
        songs.add(read.song());
        read.remarks().forEach(remark -> remarks.add(name + ": " + remark));
      } catch (MidiFileException | IOException unusable) {
        skipped.add(name + ": " + unusable.getMessage());
      }
    }
    return new Pieces(songs, skipped, remarks);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> MidiFileReader.FILE_NAME.matcher(f.toString()).matches())
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("--data " + folder + " cannot be read", unreadable);
    }
  }

  /** The example set as its MIDI files stand in the product. */
  static Pieces builtIn() {
    List<Song> songs = BuiltIn.files().stream().map(BuiltIn.MidiFile::song).toList();
    return new Pieces(songs, List.of(), List.of());
  }

  /** A kit of the product by its name, or from a file. */
  static KitMap kit(String name) {
    if (List.of("six-robots", "general-midi", "roland-td").contains(name)) {
      byte[] text = resource("kits/" + name + ".kit");
      return KitMap.parse(new String(text, StandardCharsets.UTF_8));
    }
    try {
      return KitMap.parse(Files.readString(Path.of(name)));
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          "--kit " + name + " is neither six-robots, general-midi, roland-td nor a file", missing);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = MidiFolder.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own file " + name);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new IllegalStateException("cannot read " + name, broken);
    }
  }
}
