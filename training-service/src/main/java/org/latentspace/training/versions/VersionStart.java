package org.latentspace.training.versions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.KeptOutlets;
import org.latentspace.kept.Topic;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.storage.WriteGate;
import org.latentspace.training.versions.wire.VersionWire;

/**
 * Makes ready what versions need, and which of them plays.
 *
 * <pre>
 *   ResultPublisher, uploads --> VersionStore (files, verified) --> downloads, score cards, libraries
 *                        ModelActivations (a pile a model)   --> news to the players
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
  WriteGate gate() {
    return new WriteGate("training-service has not started yet");
  }

  @Produces
  @Singleton
  Versions versions(KeptOutlets outlets, WriteGate gate) {
    KeptOutlet topic = outlets.open(Topic.MODEL_VERSIONS);
    Versions versions =
        new Versions(
            Path.of(config.dataDir()).toAbsolutePath().resolve("models"),
            (key, version) ->
                topic.keepIfNew(key, version == null ? null : VersionWire.event(version)),
            last -> topic.keepIfNew(last.model() + "/active", VersionWire.event(last)),
            gate);
    topic.store(versions::tellAll);
    return versions;
  }

  @Produces
  @Singleton
  Evaluator assessor(Versions versions) {
    return new Evaluator(versions.store(), data.rhythms(), data.kits());
  }

  void end(@Disposes Evaluator assessor) {
    assessor.close();
  }

  @Produces
  @Singleton
  LoopLibrary library(Versions versions) {
    return new LoopLibrary(versions.store(), data.rhythms(), data.kits());
  }
}
