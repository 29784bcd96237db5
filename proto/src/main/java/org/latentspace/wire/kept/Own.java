package org.latentspace.wire.kept;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a folder for this process alone; the operating system lets go of it if the process dies.
 */
final class Own implements AutoCloseable {
  private final FileChannel file;

  private Own(FileChannel file) {
    this.file = file;
  }

  /** Makes the folder if need be; throws IOException with the weather when another has it. */
  static Own take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody in this very process has it: the same answer.
    } finally {
      if (lock == null) {
        file.close();
      }
    }
    if (lock == null) {
      throw new IOException(
          folder
              + " is in use by another process: give this one another folder with kept.dir,"
              + " or name a broker with kept.bootstrap-servers");
    }
    return new Own(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
