package org.latentspace.training.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.latentspace.storage.AtomicFile;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.ExampleFile;
import org.latentspace.training.score.Comparison;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.storage.DamagedVersion;
import org.latentspace.training.versions.ModelNames;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.Versions;

/**
 * Makes a version of what a worker has left, and lets it play where that was asked for and it is
 * shown to be better than what plays.
 *
 * <p>Both are judged by the job's own validation loops. Nothing is activated that could not be
 * compared: no validation loops, a player's own model, another grid or other voices.
 */
public final class ResultPublisher implements JobRunner.Publisher {
  private static final String MODEL = "model.safetensors";

  private final Versions versions;
  private final LongSupplier nowMillis;

  public ResultPublisher(Versions versions, LongSupplier nowMillis) {
    this.versions = versions;
    this.nowMillis = nowMillis;
  }

  @Override
  public String publish(Job job, Path folder, double seconds) {
    Version version = store(job, folder, seconds);
    if (!job.ask().activateIfBetter()) {
      return "";
    }
    Verdict verdict = verdict(job, version, folder.resolve("validation.examples"));
    if (verdict.better()) {
      versions.activate(job.ask().model(), version.name(), "policy", nowMillis.getAsLong());
    }
    return (verdict.better() ? "activated: " : "not activated: ") + verdict.why();
  }

  private Version store(Job job, Path folder, double seconds) {
    try {
      byte[] file = Files.readAllBytes(folder.resolve(MODEL));
      Version.Origin origin =
          new Version.Origin(job.id(), job.ask().fromVersion(), nowMillis.getAsLong(), seconds);
      String name = job.material().version();
      Version version = versions.publish(job.ask().model(), name, file, origin);
      Path loops = folder.resolve("training.examples");
      if (Files.exists(loops)) {
        AtomicFile.move(loops, versions.store().loops(version));
      }
      return version;
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot publish what " + job.id() + " made", broken);
    }
  }

  /** Whether to activate, and why. */
  record Verdict(boolean better, String why) {}

  private Verdict verdict(Job job, Version candidate, Path validation) {
    Optional<Versions.Activation> active = versions.active(job.ask().model());
    if (active.isEmpty() || active.get().version().equals(ModelNames.BUILT_IN)) {
      return new Verdict(
          false,
          "no version of "
              + job.ask().model()
              + " plays that it could be compared with; Activate makes it play");
    }
    String name = active.get().version();
    if (name.equals(candidate.name())) {
      return new Verdict(true, "it plays already");
    }
    if (!Files.exists(validation)) {
      return new Verdict(false, "without validation loops it cannot be compared with " + name);
    }
    try {
      RhythmModel plays = versions.store().model(versions.store().get(job.ask().model(), name));
      RhythmModel made = versions.store().model(candidate);
      if (!plays.grid().equals(made.grid()) || !plays.voices().equals(made.voices())) {
        return new Verdict(false, name + ", which plays, has another grid or other voices");
      }
      return verdict(plays, made, candidate, ExampleFile.read(validation).examples());
    } catch (DamagedVersion | java.util.NoSuchElementException gone) {
      return new Verdict(false, "what plays cannot be read: " + gone.getMessage());
    } catch (IOException broken) {
      return new Verdict(false, "its validation loops cannot be read: " + broken.getMessage());
    }
  }

  private static Verdict verdict(
      RhythmModel plays, RhythmModel made, Version candidate, List<Example> validation) {
    ScoreCard own = ScoreCard.read(candidate.scoreCard());
    ScoreCard.Material material =
        ScoreCard.Material.of(plays, validation, validation, Strokes.NONE);
    Comparison comparison = Comparison.of(ScoreCard.of(plays, material, own.origin()), own);
    String why =
        "on its "
            + validation.size()
            + " validation loops, a = "
            + plays.version()
            + " (plays), b = "
            + made.version()
            + ": "
            + comparison.reason();
    return new Verdict(comparison.better().equals("b"), why);
  }
}
