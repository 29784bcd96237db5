package org.latentspace.training.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Writes files so that after a crash the old one or the new one is there, and whole. */
public final class AtomicFile {
  private static final String DRAFT = ".draft";

  private AtomicFile() {}

  /** Returns when the bytes are on the disk; makes the folder where it does not exist. */
  public static void write(Path file, byte[] bytes) {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = folder.resolve(file.getFileName() + DRAFT);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      move(draft, file);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot write " + file + ": " + broken.getMessage(), broken);
    }
  }

  /** Moves a file within one disk; it is at the old or at the new place, never at both. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(to.toAbsolutePath().getParent());
  }

  /** Writes a number, which {@link #readNumber} reads. */
  public static void writeNumber(Path file, long number) {
    write(file, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  /** The number in a file; 0 where there is no file, or no number in it. */
  public static long readNumber(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException none) {
      return 0;
    }
  }

  /** What lies in a folder, sorted by name; nothing where there is no folder. */
  public static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + folder, broken);
    }
  }

  /** Takes a file away; that it is not there is no fault. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot delete " + file + ": " + broken.getMessage(), broken);
    }
  }

  /** Takes a folder and all that is in it away. */
  public static void deleteFolder(Path folder) {
    list(folder).forEach(AtomicFile::deleteFolder);
    delete(folder);
  }

  /** Brings a folder's entries to the disk, where the system knows how. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unknown) {
      // Windows cannot open folders; there the move itself has to be enough.
    }
  }
}
