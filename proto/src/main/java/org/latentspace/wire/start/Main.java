package org.latentspace.wire.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
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
  // Held until the process ends.
  private static DataFolders folders;

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
      folders = DataFolders.take(config, own, options.any());
    } catch (IOException unreadable) {
      throw new IllegalStateException("the list of settings cannot be read", unreadable);
    }
  }
}
