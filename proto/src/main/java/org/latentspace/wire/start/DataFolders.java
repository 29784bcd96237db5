package org.latentspace.wire.start;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.wire.FolderLock;
import org.latentspace.wire.StartMistake;

/** Takes the folders in which the services keep things, and refuses a start beside their owner. */
final class DataFolders {
  private static final String DATA = ".data-dir";
  private static final String KEPT = "kept.dir";

  private final List<FolderLock> locks = new ArrayList<>();

  private DataFolders() {}

  /**
   * A folder that cannot be made or written is told by the service that needs it, not here.
   *
   * @param alone whether what waits for the log is this process' own: services that are started one
   *     by one share that folder, a topic each
   */
  static DataFolders take(SmallRyeConfig config, KnownKeys own, boolean alone) {
    DataFolders folders = new DataFolders();
    for (String key : own.keys()) {
      if (key.endsWith(DATA) || (alone && key.equals(KEPT))) {
        folders.take(key, config.getConfigValue(key).getValue());
      }
    }
    return folders;
  }

  private void take(String key, String folder) {
    if (folder == null || folder.isBlank()) {
      return;
    }
    try {
      locks.add(FolderLock.take(Path.of(folder)));
    } catch (FolderLock.Taken taken) {
      throw new StartMistake(
          key + "=" + folder + ": " + taken.getMessage() + "; give this one another folder");
    } catch (IOException | InvalidPathException unfit) {
      // Its service says so.
    }
  }
}
