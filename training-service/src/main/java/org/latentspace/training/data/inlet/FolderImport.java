package org.latentspace.training.data.inlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentspace.training.data.Text;
import org.latentspace.training.midi.MidiFileReader;

/** Brings in all MIDI files below a folder of the import directory, and never one from outside. */
final class FolderImport {
  private static final int MOST_FILES = 100_000;
  private static final int DEEPEST = 32;
  private static final int MOST_NAMES = 50;

  private final Path root;

  /** The directory need not exist until something is brought in. */
  FolderImport(Path root) {
    this.root = root.toAbsolutePath();
  }

  /**
   * Brings a folder's files in, in the order of their paths.
   *
   * @param folder below the directory, such as gmd/drummer1; empty: all
   * @throws IllegalArgumentException it leads out of the directory
   * @throws NoSuchElementException there is no such folder
   */
  void run(String folder, MidiImport coming, MidiImport.Label label) {
    if (!Files.isDirectory(root)) {
      throw new NoSuchElementException("there is no folder training-service.import-dir=" + root);
    }
    try {
      Path top = root.toRealPath();
      Path start = resolve(top, folder);
      Tables tables = new Tables(top, coming);
      for (Path file : files(start)) {
        String name = top.relativize(file).toString().replace('\\', '/');
        take(file, name, tables, coming, label);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the folder cannot be read: " + unreadable, unreadable);
    }
  }

  private static void take(
      Path file, String name, Tables tables, MidiImport coming, MidiImport.Label label) {
    byte[] bytes;
    InfoTable.Info info;
    try {
      if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(tables.top)) {
        coming.skip(name, "it is no file of the import directory");
        return;
      }
      if (Files.size(file) > MidiFileReader.LARGEST_FILE) {
        coming.skip(name, "larger than 4 MB");
        return;
      }
      bytes = Files.readAllBytes(file);
      info = tables.of(file);
    } catch (IOException unreadable) {
      coming.skip(name, "cannot be read: " + unreadable.getMessage());
      return;
    }
    coming.file(name, bytes, label.with(info.tags(), info.performer()));
  }

  private Path resolve(Path top, String folder) throws IOException {
    String shown = "folder '" + Text.printable(folder, 256) + "'";
    boolean odd =
        Arrays.stream(folder.split("/", -1))
            .anyMatch(name -> name.isEmpty() || name.matches("(?s)\\.{1,2}|.*[\\\\\0].*"));
    if (odd && !folder.isEmpty()) {
      throw new IllegalArgumentException(
          shown + " must be names with / between them, below training-service.import-dir");
    }
    Path path = top.resolve(folder);
    if (!Files.isDirectory(path)) {
      throw new NoSuchElementException(
          "no " + shown + " below training-service.import-dir; there is " + folders());
    }
    if (!path.toRealPath().startsWith(top)) {
      throw new IllegalArgumentException(shown + " leads out of training-service.import-dir");
    }
    return path.toRealPath();
  }

  private String folders() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      String names =
          all.filter(Files::isDirectory)
              .map(path -> path.getFileName().toString())
              .sorted()
              .limit(MOST_NAMES)
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "none" : names;
    }
  }

  /** Links are not followed into folders; a file that cannot be looked at is found unreadable. */
  private static Iterable<Path> files(Path start) throws IOException {
    TreeSet<Path> files = new TreeSet<>();
    Files.walkFileTree(
        start,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (MidiFileReader.FILE_NAME.matcher(file.getFileName().toString()).matches()) {
              files.add(file);
            }
            if (files.size() > MOST_FILES) {
              throw new IllegalArgumentException(
                  "more than " + MOST_FILES + " files; import folder by folder");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** The info.csv of each folder, read when its first file comes. */
  private static final class Tables {
    private final Path top;
    private final MidiImport coming;
    private final Map<Path, InfoTable> tables = new HashMap<>();

    Tables(Path top, MidiImport coming) {
      this.top = top;
      this.coming = coming;
    }

    /** All that the tables of its folder and of those above say. */
    InfoTable.Info of(Path file) {
      List<String> tags = new ArrayList<>();
      String performer = "";
      for (Path folder = file.getParent();
          folder != null && folder.startsWith(top);
          folder = folder.getParent()) {
        InfoTable.Info info = tables.computeIfAbsent(folder, this::read).of(file);
        tags.addAll(info.tags());
        performer = performer.isEmpty() ? info.performer() : performer;
      }
      return new InfoTable.Info(tags, performer);
    }

    private InfoTable read(Path folder) {
      Path file = folder.resolve(InfoTable.FILE_NAME);
      try {
        boolean ours = Files.isRegularFile(file) && file.toRealPath().startsWith(top);
        return ours ? InfoTable.read(file) : InfoTable.EMPTY;
      } catch (IOException | IllegalArgumentException broken) {
        coming.skip(top.relativize(file).toString(), broken.getMessage());
        return InfoTable.EMPTY;
      }
    }
  }
}
