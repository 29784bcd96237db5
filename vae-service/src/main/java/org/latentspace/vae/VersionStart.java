package org.latentspace.vae;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelLocator;
import org.latentspace.vae.outlet.TrainingOutlet;
import org.latentspace.vae.versions.LibraryUpdater;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.VersionCache;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.versions.VersionListener;
import org.latentspace.vae.versions.VersionThread;
import org.latentspace.wire.StartMistake;

/** Checks how versions are to be followed, and lets the one play that played last. */
@ApplicationScoped
public class VersionStart {
  private static final Logger LOG = Logger.getLogger(VersionFollower.class);
  private static final VersionListener NEWS = new Log();
  private static final int MOST_FILES = 32;
  private static final long MOST_BYTES = 512L << 20;

  @Inject VaeConfig config;

  /** A player that was given a file plays that file, unless it is told to follow as well. */
  @Produces
  @Singleton
  VersionSettings settings() {
    String line = config.follow().orElse("");
    if (!line.isEmpty() && !ModelActivation.isLine(line)) {
      throw new StartMistake(
          "vae-service.follow=" + line + ": must be 1..64 characters of [a-z0-9-], or not set");
    }
    boolean file = !config.model().equals("none") && !ModelLocator.isBuiltIn(config.model());
    return new VersionSettings(config.followVersions().orElse(!file), line);
  }

  /** The versions; the player's own model plays already. */
  @Produces
  @Singleton
  VersionFollower versions(
      ActiveModel activeModel, TrainingOutlet training, VersionSettings settings) {
    VersionCache cache = new VersionCache(folder(), MOST_FILES, MOST_BYTES, NEWS::bad);
    VersionFollower versions =
        new VersionFollower(
            new VersionFollower.Parts(
                activeModel, cache, training, () -> own(config.model()), NEWS),
            settings.line());
    versions.ownPlays();
    if (settings.follows()) {
      versions.begin();
    }
    return versions;
  }

  private Path folder() {
    try {
      return Path.of(config.dataDir());
    } catch (InvalidPathException e) {
      throw new StartMistake("vae-service.data-dir=" + config.dataDir() + ": is no path");
    }
  }

  private static Model own(String name) throws ModelFault {
    if (name.equals("none")) {
      throw new ModelFault(name, "this player has no model of its own");
    }
    return ModelLocator.configured(name);
  }

  /** The library of what plays. */
  @Produces
  @Singleton
  LibraryUpdater keeper(
      ActiveModel activeModel,
      VersionFollower versions,
      TrainingOutlet training,
      RhythmLibrary library) {
    return new LibraryUpdater(activeModel, versions, training, library, NEWS);
  }

  /** The thread on which versions, then their libraries, are brought here. */
  @Produces
  @Singleton
  VersionThread thread(VersionFollower versions, LibraryUpdater keeper) {
    return new VersionThread(List.of(versions::turn, keeper));
  }

  void start(@Observes StartupEvent begin, VersionThread thread) {
    int port = config.trainingService().port();
    if (port < 1 || port > 65_535) {
      throw new StartMistake("vae-service.training-service.port=" + port + ": must be 1..65535");
    }
    thread.start();
  }

  void end(@Observes ShutdownEvent end, VersionThread thread) {
    thread.close();
  }

  private static final class Log implements VersionListener {
    @Override
    public void good(String line) {
      LOG.info(line);
    }

    @Override
    public void bad(String line) {
      LOG.warn(line);
    }
  }
}
