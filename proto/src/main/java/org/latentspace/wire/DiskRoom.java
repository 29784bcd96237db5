package org.latentspace.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says how much room the disk of a folder has, for readiness and before something large. */
public final class DiskRoom {
  private DiskRoom() {}

  /** Bytes that can be written where the folder is, or will be made; 0 where nothing can be. */
  public static long bytes(Path folder) {
    Path existing = existing(folder);
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return 0;
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException gone) {
      return 0;
    }
  }

  /**
   * What is missing for so many bytes in the folder, which need not exist.
   *
   * @return a line with the folder and its figures; empty if nothing is missing
   */
  public static String missing(Path folder, long needed) {
    Path existing = existing(folder);
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return folder + " cannot be written";
    }
    long bytes = bytes(folder);
    return bytes >= needed
        ? ""
        : "No space left on device: "
            + folder
            + " has "
            + size(bytes)
            + " left, needs "
            + size(needed);
  }

  /** In kB or MB, rounded down. */
  public static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " kB" : (bytes >> 20) + " MB";
  }

  private static Path existing(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }
}
