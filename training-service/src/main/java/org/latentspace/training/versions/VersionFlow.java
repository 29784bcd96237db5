package org.latentspace.training.versions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latentspace.model.Grid;
import org.latentspace.training.score.ScoreCard;

/**
 * Versions of models, and which one plays; read TrainingFlow first.
 *
 * <pre>
 *   Harvest, uploads --> VersionStore (files, verified) --> downloads, score cards, libraries
 *                        Activations (a pile a model)   --> news to the players
 * </pre>
 */
@Singleton
public class VersionFlow {
  private final Versions versions;
  private final Assessor assessor;
  private final Library library;

  @Inject
  public VersionFlow(Versions versions, Assessor assessor, Library library) {
    this.versions = versions;
    this.assessor = assessor;
    this.library = library;
  }

  /** Every version of a model, newest first, and what is known of all. */
  public Versions versions() {
    return versions;
  }

  /** The model that is meant; without a name the only one there is. */
  public String model(String name) {
    return versions.store().theOne(name);
  }

  /** From now on this version plays. */
  public Activation activate(String model, String version, long nowMillis) {
    return versions.activate(model, version, "researcher", nowMillis);
  }

  /** Back to what played before. */
  public Activation rollBack(String model, long nowMillis) {
    return versions.rollBack(model, nowMillis);
  }

  /** Brings a model file in; its sum is looked at where it is given. */
  public Version upload(String model, String version, String sha256, byte[] file, long nowMillis) {
    return versions.bringIn(model, version, sha256, file, nowMillis);
  }

  /** The version's file, sound. */
  public Path file(Version version) {
    return versions.store().verified(version);
  }

  /** Scores a version on other data. */
  public ScoreCard evaluate(Version version, Assessor.Data data) {
    return assessor.assess(version, data);
  }

  /** Loops for a player to look for the nearest in. */
  public Library.Loops library(Optional<Version> version, Grid grid, List<String> voices) {
    return library.of(version, grid, voices);
  }
}
