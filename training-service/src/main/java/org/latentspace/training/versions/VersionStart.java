package org.latentspace.training.versions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.storage.Door;

/**
 * Makes ready what versions need, and which of them plays.
 *
 * <pre>
 *   Harvest, uploads --> VersionStore (files, verified) --> downloads, score cards, libraries
 *                        Activations (a pile a model)   --> news to the players
 * </pre>
 */
@ApplicationScoped
public class VersionStart {
  private final DataConfig config;
  private final DataFlow data;

  @Inject
  VersionStart(DataConfig config, DataFlow data) {
    this.config = config;
    this.data = data;
  }

  @Produces
  @Singleton
  Door door() {
    return new Door("training-service has not started yet");
  }

  @Produces
  @Singleton
  Versions versions(VersionNews news, Door door) {
    Path folder = Path.of(config.dataDir()).toAbsolutePath().resolve("models");
    Versions versions = new Versions(folder, news, door);
    news.whenLost(versions::tellAll);
    return versions;
  }

  @Produces
  @Singleton
  Assessor assessor(Versions versions) {
    return new Assessor(versions.store(), data.rhythms(), data.kits());
  }

  void end(@Disposes Assessor assessor) {
    assessor.close();
  }

  @Produces
  @Singleton
  Library library(Versions versions) {
    return new Library(versions.store(), data.rhythms(), data.kits());
  }
}
