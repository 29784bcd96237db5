package org.latentspace.wire.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.wire.FolderLock;
import org.latentspace.wire.PlayOptions;
import org.latentspace.wire.StartMistake;

/**
 * Starts a service, alone or all of them in one: what can refuse the start for the whole process is
 * looked at first, before anything is opened.
 *
 * <pre>
 *   settings known? --> ports free? --> values of their type? --> data folders free? --> Quarkus:
 *   each service checks its settings, opens its files and ports, plays (StartOrder)
 * </pre>
 */
@QuarkusMain
public final class Main {
  // Of the folders in which the services keep things; held until the process ends.
  private static final List<FolderLock> FOLDERS = new ArrayList<>();

  private Main() {}

  /** Ends with one line and {@link StartMistake#EXIT_STATUS} where the start is refused. */
  public static void main(String... arguments) {
    try {
      check();
    } catch (StartMistake mistake) {
      System.err.println(mistake.getMessage());
      System.exit(StartMistake.EXIT_STATUS);
    }
    Quarkus.run(arguments);
  }

  private static void check() {
    PlayOptions options = PlayOptions.ofThisProcess();
    SmallRyeConfig config = ConfigUtils.configBuilder().build();
    try {
      KnownKeys own = KnownKeys.ofServices();
      SettingsCheck settings = new SettingsCheck(config, own);
      settings.refuseUnknown(System.getenv());
      settings.refuseUnknown(options.set(), KnownKeys.ofQuarkus());
      FreePorts.check(config);
      settings.refuseWrongTypes();
      for (String key : own.keys()) {
        // What waits for the log is this process' own only where all are in it: services that are
        // started one by one share that folder, a topic each.
        if (key.endsWith(".data-dir") || (options.any() && key.equals("kept.dir"))) {
          take(key, config.getConfigValue(key).getValue());
        }
      }
    } catch (IOException unreadable) {
      throw new IllegalStateException("the list of settings cannot be read", unreadable);
    }
  }

  /** Refuses a start beside another owner; a folder that is unfit is told by its service. */
  private static void take(String key, String folder) {
    if (folder == null || folder.isBlank()) {
      return;
    }
    try {
      FOLDERS.add(FolderLock.take(Path.of(folder)));
    } catch (FolderLock.Taken taken) {
      throw new StartMistake(
          key + "=" + folder + ": " + taken.getMessage() + "; give this one another folder");
    } catch (IOException | InvalidPathException unfit) {
      // Its service says so.
    }
  }
}
