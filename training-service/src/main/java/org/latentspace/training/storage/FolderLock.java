package org.latentspace.training.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process out of a folder; the system gives it free when this process is gone. */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  /** Throws IllegalStateException where another process works in the folder. */
  public FolderLock(Path folder) {
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!taken()) {
        channel.close();
        throw new IllegalStateException("another training-service works in " + folder);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot write in " + folder, broken);
    }
  }

  private boolean taken() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
