package org.latentspace.training.work.inlet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latentspace.model.Grid;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.inlet.InfoTable;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.work.Training;

/** The examples that a command line names: to learn from, and to judge by. */
record CommandData(
    List<String> voices,
    List<Example> training,
    List<Example> validation,
    Strokes strokes,
    String digest) {

  /** Says on the screen what came of the files; throws IllegalArgumentException without windows. */
  static CommandData of(TrainOptions options, Grid grid, PrintStream screen) {
    KitMap kit = kit(options.kit);
    Windows.Cut cut = cut(options, options.where, grid, kit, screen);
    List<Example> all = new ArrayList<>(cut.examples());
    GridWriter.Fate fate = cut.fate();
    long unmapped = sum(cut);
    List<Example> training = cut.examples();
    List<Example> validation = List.of();
    if (!options.validateWhere.isEmpty()) {
      Windows.Cut judges = cut(options, options.validateWhere, grid, kit, screen);
      validation = judges.examples();
      all.addAll(validation);
      fate = fate.plus(judges.fate());
      unmapped += sum(judges);
    } else if (options.evaluate == null) {
      DataSet.Split split =
          Training.split(
              DataSet.of(grid, kit, cut),
              options.hyper.get(HyperParameter.VALIDATION_SHARE),
              options.hyper.seed());
      training = split.training();
      validation = split.validation();
    }
    return new CommandData(
        kit.voices(),
        training,
        validation,
        new Strokes(fate.kept(), fate.moved(), fate.lost(), unmapped),
        new DataSet(grid, kit.voices(), all, fate).digest());
  }

  List<Example> all() {
    List<Example> all = new ArrayList<>(training);
    all.addAll(validation);
    return all;
  }

  private static Windows.Cut cut(
      TrainOptions options, List<String> where, Grid grid, KitMap kit, PrintStream screen) {
    Pieces pieces = Pieces.of(options.data, where);
    pieces.skipped().forEach(line -> screen.println("skipped " + line));
    pieces.remarks().forEach(line -> screen.println("remark " + line));
    int minOnsets = options.hyper.whole(HyperParameter.MIN_ONSETS);
    Windows windows = new Windows(grid, kit, minOnsets);
    for (Song song : pieces.songs()) {
      Windows.Cut alone = new Windows(grid, kit, minOnsets).add(song).cut();
      if (alone.examples().isEmpty()) {
        screen.println(
            "no window from " + song.name() + ": " + alone.whyNone(song, grid, minOnsets));
      }
      windows.add(song);
    }
    Windows.Cut cut = windows.cut();
    screen.println(
        pieces.songs().size()
            + " pieces, "
            + cut.examples().size()
            + " windows, "
            + cut.tooFew()
            + " left out; strokes kept "
            + cut.fate().kept()
            + ", moved "
            + cut.fate().moved()
            + ", lost "
            + cut.fate().lost()
            + "; keys that the kit lacks: "
            + cut.unmapped());
    if (cut.examples().isEmpty()) {
      throw new IllegalArgumentException("no window of " + grid + " in the pieces given");
    }
    return cut;
  }

  private static long sum(Windows.Cut cut) {
    return cut.unmapped().values().stream().mapToLong(Number::longValue).sum();
  }

  /** A kit of the product by its name, or from a file. */
  private static KitMap kit(String name) {
    try {
      boolean builtIn = Kits.BUILT_IN.contains(name);
      return KitMap.parse(builtIn ? Kits.builtIn(name) : Files.readString(Path.of(name)));
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          "--kit " + name + " is neither six-robots, general-midi, roland-td nor a file", missing);
    }
  }

  /**
   * MIDI files that could be read, in the order of their paths, and a line for every one that could
   * not.
   *
   * @param remarks what was wrong with files that were read
   */
  private record Pieces(List<Song> songs, List<String> skipped, List<String> remarks) {
    private static final int MOST_FILES = 100_000;

    /** Those below a folder that fulfil the conditions; without a folder the example set. */
    static Pieces of(Path folder, List<String> where) {
      if (folder == null) {
        List<Song> songs = BuiltIn.files().stream().map(BuiltIn.MidiFile::song).toList();
        return new Pieces(songs, List.of(), List.of());
      }
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException("--data " + folder + " is not a folder");
      }
      Predicate<Path> choice = InfoTable.choice(folder, where);
      List<Song> songs = new ArrayList<>();
      List<String> skipped = new ArrayList<>();
      List<String> remarks = new ArrayList<>();
      for (Path file : files(folder).stream().filter(choice).toList()) {
        String name = folder.relativize(file).toString();
        try {
          if (Files.size(file) > MidiFileReader.LARGEST_FILE) {
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
  }
}
