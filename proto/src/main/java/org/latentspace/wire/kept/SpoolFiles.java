package org.latentspace.wire.kept;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a spool, each named after its first frame's number. */
final class SpoolFiles {
  private static final String ENDING = ".spool";
  // Also when they are short, as the process was often begun anew.
  private static final int MOST_HELD = 64;

  private final Path folder;
  private final long leastBytes;
  // Number of the first frame to file; guarded by this.
  private final TreeMap<Long, Path> files = new TreeMap<>();

  /**
   * Finds those that are there.
   *
   * @param leastBytes that stay of what is acknowledged, if there is as much
   */
  SpoolFiles(Path folder, long leastBytes) throws IOException {
    this.folder = folder;
    this.leastBytes = leastBytes;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : found) {
        String name = file.getFileName().toString();
        files.put(Long.parseLong(name.substring(0, name.length() - ENDING.length())), file);
      }
    } catch (NumberFormatException e) {
      throw new IOException(folder + " holds a foreign file: " + e.getMessage(), e);
    }
  }

  synchronized List<Path> all() {
    return List.copyOf(files.values());
  }

  /** Where the one with this first frame is. */
  Path name(long first) {
    return folder.resolve(String.format("%020d%s", first, ENDING));
  }

  synchronized void add(long first, Path file) {
    files.put(first, file);
  }

  /** The one with this frame, or else the first one after it; null if there is none. */
  synchronized Map.Entry<Long, Path> with(long number) {
    Map.Entry<Long, Path> file = files.floorEntry(number);
    return file == null ? files.ceilingEntry(number) : file;
  }

  /** The one after the one with this first frame; null if that is the last. */
  synchronized Map.Entry<Long, Path> after(long first) {
    return files.higherEntry(first);
  }

  /** First frame of a file that nobody needs any more; -1 if there is none. */
  synchronized long spare(long acknowledged) throws IOException {
    if (files.size() < 2 || files.higherKey(files.firstKey()) > acknowledged + 1) {
      return -1;
    }
    long bytes = 0;
    for (Path file : files.tailMap(files.firstKey(), false).values()) {
      bytes += Files.size(file);
    }
    return files.size() > MOST_HELD || bytes >= leastBytes ? files.firstKey() : -1;
  }

  synchronized void delete(long first) throws IOException {
    Files.deleteIfExists(files.get(first));
    files.remove(first);
  }
}
