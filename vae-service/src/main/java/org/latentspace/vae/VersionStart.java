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
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelShelf;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.outlet.TrainingOutlet;
import org.latentspace.vae.versions.Activated;
import org.latentspace.vae.versions.LibraryKeeper;
import org.latentspace.vae.versions.News;
import org.latentspace.vae.versions.VersionCache;
import org.latentspace.vae.versions.VersionThread;
import org.latentspace.vae.versions.Versions;
import org.latentspace.wire.StartMistake;

/** Checks how versions are to be followed, and lets the one play that played last. */
@ApplicationScoped
public class VersionStart {
  private static final Logger LOG = Logger.getLogger(Versions.class);
  private static final News NEWS = new Log();
  private static final int MOST_FILES = 32;
  private static final long MOST_BYTES = 512L << 20;

  @Inject VaeConfig config;

  /** A player that was given a file plays that file, unless it is told to follow as well. */
  @Produces
  @Singleton
  VersionSettings settings() {
    String line = config.follow().orElse("");
    if (!line.isEmpty() && !Activated.isLine(line)) {
      throw new StartMistake(
          "vae-service.follow=" + line + ": must be 1..64 characters of [a-z0-9-], or not set");
    }
    boolean file = !config.model().equals("none") && !ModelShelf.isBuiltIn(config.model());
    return new VersionSettings(config.followVersions().orElse(!file), line);
  }

  /** The versions; the player's own model is on the stand already. */
  @Produces
  @Singleton
  Versions versions(ModelStand stand, TrainingOutlet training, VersionSettings settings) {
    VersionCache cache = new VersionCache(folder(), MOST_FILES, MOST_BYTES, NEWS::bad);
    Versions versions =
        new Versions(
            new Versions.Parts(stand, cache, training, () -> own(config.model()), NEWS),
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
    return ModelShelf.configured(name);
  }

  /** The library of what plays. */
  @Produces
  @Singleton
  LibraryKeeper keeper(
      ModelStand stand, Versions versions, TrainingOutlet training, RhythmLibrary library) {
    return new LibraryKeeper(stand, versions, training, library, NEWS);
  }

  /** The thread on which versions, then their libraries, are brought here. */
  @Produces
  @Singleton
  VersionThread thread(Versions versions, LibraryKeeper keeper) {
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

  private static final class Log implements News {
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
