package org.latentspace.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files whole: after a crash the old one or the new one is there. */
public final class AtomicFile {
  private static final String DRAFT = ".draft";

  private AtomicFile() {}

  /**
   * Writes a file, or another one in its place; returns when the bytes are on the disk. Makes the
   * folder where it does not exist.
   *
   * @throws IOException what was there before is there still
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = folder.resolve(file.getFileName() + DRAFT);
    Files.write(draft, bytes);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    move(draft, file);
  }

  /** Moves a file within one disk; it is at the old or at the new place, never at both. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(to.toAbsolutePath().getParent());
  }

  /** Brings a folder's names to the disk, where the system knows how. */
  public static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unknown) {
      // Windows cannot open folders; there the move itself has to be enough.
    }
  }
}
