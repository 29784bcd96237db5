package org.latentspace.kept;

import java.io.IOException;
import java.nio.file.Path;
import org.latentspace.wire.FolderLock;

/** Takes a folder of what is kept, and says what to do where another process has it. */
final class Own {
  private Own() {}

  /** Makes the folder if need be; throws IOException with the status when another has it. */
  static FolderLock take(Path folder) throws IOException {
    try {
      return FolderLock.take(folder);
    } catch (FolderLock.Taken taken) {
      throw new IOException(
          taken.getMessage()
              + ": give this one another folder with kept.dir,"
              + " or name a broker with kept.bootstrap-servers",
          taken);
    }
  }
}
