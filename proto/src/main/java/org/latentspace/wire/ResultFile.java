package org.latentspace.wire;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The place of a file that a run fills with its result, such as a MIDI file or a record: nothing
 * that lies there is touched before the first piece of the new result is written.
 *
 * <pre>
 *   begin:  first bytes --> a file beside --> moved to PATH        (an earlier one may be replaced)
 *                                         or to PATH-2, PATH-3 ... (the first name that is free)
 * </pre>
 */
public final class ResultFile {
  private static final int MOST_NAMES = 10_000;
  private static final AtomicLong COUNT = new AtomicLong();

  private final Path path;
  private boolean replace;

  /**
   * Checks the place; writes nothing.
   *
   * @param replace whether the first result takes the place of an earlier file; else, and for all
   *     further results, a free name is taken
   * @throws IOException with a reason of a few words: it cannot be written there
   */
  public ResultFile(Path path, boolean replace) throws IOException {
    Path given = path.toAbsolutePath();
    // A link stays, and what it leads to is replaced.
    this.path = Files.exists(given) ? given.toRealPath() : given;
    this.replace = replace;
    if (Files.isDirectory(this.path)) {
      throw new IOException("is a folder");
    }
    if (!Files.isDirectory(this.path.getParent())) {
      throw new IOException("no such folder");
    }
    if (!Files.isWritable(this.path.getParent())
        || (replace && Files.exists(this.path) && !Files.isWritable(this.path))) {
      throw new IOException("not allowed");
    }
    if (Files.exists(this.path) && !Files.isRegularFile(this.path)) {
      throw new IOException("is no file");
    }
  }

  /**
   * Puts the beginning of a result in its place, whole or not at all.
   *
   * @return where it is
   */
  public Path begin(byte[] first) throws IOException {
    Path beside =
        path.resolveSibling(
            ".part-" + ProcessHandle.current().pid() + "-" + COUNT.getAndIncrement());
    try {
      Files.write(beside, first);
      Path place = replace ? path : freeName();
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      replace = false;
      return place;
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  /** Takes a name that no file has, with an empty file. */
  private Path freeName() throws IOException {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    for (int number = 1; number <= MOST_NAMES; number++) {
      String suffix = number == 1 ? "" : "-" + number;
      Path free = path.resolveSibling(name.substring(0, dot) + suffix + name.substring(dot));
      try {
        return Files.createFile(free);
      } catch (FileAlreadyExistsException taken) {
        // The next number.
      }
    }
    throw new IOException(MOST_NAMES + " files of that name are there");
  }
}
