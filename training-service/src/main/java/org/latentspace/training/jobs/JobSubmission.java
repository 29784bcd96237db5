package org.latentspace.training.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.SelectionSummary;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.ExampleFile;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.versions.ModelCheck;
import org.latentspace.training.versions.ModelNames;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.VersionStore;
import org.latentspace.training.work.Training;
import org.latentspace.training.work.WorkOrder;

/**
 * Takes orders for jobs: looks whether they can be carried out, puts all that a worker needs into a
 * folder, and queues them. What is learned from is decided here: later changes of the data set do
 * not matter.
 */
public final class JobSubmission {
  private final RhythmStore rhythms;
  private final Kits kits;
  private final VersionStore versions;
  private final JobQueue queue;
  private final Supplier<String> ids;
  private final int checkpointEpochs;

  /**
   * What a training shall be made from.
   *
   * @param validation null: a share of the pieces of selection
   */
  public record Source(Selection selection, Selection validation, Grid grid, String kit) {}

  /** An order as it comes in. */
  public record Order(
      Job.Ask ask,
      Source source,
      HyperParameters hyper,
      String licence,
      String attribution,
      String note) {}

  /** What is learned from and judged by, on the grid. */
  private record Loops(
      List<Example> training, List<Example> validation, Strokes strokes, String digest) {}

  /**
   * @param ids new names of jobs
   */
  public JobSubmission(
      RhythmStore rhythms,
      Kits kits,
      VersionStore versions,
      JobQueue queue,
      Supplier<String> ids,
      int checkpointEpochs) {
    this.rhythms = rhythms;
    this.kits = kits;
    this.versions = versions;
    this.queue = queue;
    this.ids = ids;
    this.checkpointEpochs = checkpointEpochs;
  }

  /**
   * Queues a job. Throws IllegalArgumentException for what cannot be, IllegalStateException where
   * there is nothing to learn from, NoRoom, and NoSuchElementException for an unknown version.
   */
  public Job submit(Order order) {
    queue.checkRoom();
    String model = ModelNames.model(order.ask().model());
    KitMap kit = kits.named(order.source().kit());
    Version from = from(order.ask());
    if (from != null) {
      fits(versions.model(from), order, kit);
    }
    Loops loops = loops(order, kit);
    String version = versions.reserve(model);
    WorkOrder work =
        new WorkOrder(
            new WorkOrder.Label(version, order.licence(), order.attribution(), order.note()),
            order.source().grid(),
            kit.voices(),
            order.hyper(),
            loops.digest(),
            loops.strokes(),
            checkpointEpochs);
    Job.Material material =
        new Job.Material(
            version,
            order.hyper().json(),
            loops.digest(),
            loops.training().size(),
            loops.validation().size(),
            order.hyper().epochs());
    return queue.add(ids.get(), order.ask(), material, folder -> fill(folder, work, loops, from));
  }

  private Loops loops(Order order, KitMap kit) {
    Source source = order.source();
    int minOnsets = order.hyper().whole(HyperParameter.MIN_ONSETS);
    SelectionSummary pick =
        rhythms
            .pick(source.selection(), source.grid(), kit, minOnsets)
            .requireLoops("selection", source.grid(), minOnsets);
    DataSet all = pick.data();
    DataSet.Split split;
    GridWriter.Fate fate = all.strokes();
    long unmapped = pick.unmappedStrokes();
    String digest = all.digest();
    if (source.validation() == null) {
      split =
          Training.split(
              all, order.hyper().get(HyperParameter.VALIDATION_SHARE), order.hyper().seed());
    } else {
      SelectionSummary other =
          rhythms
              .pick(source.validation(), source.grid(), kit, minOnsets)
              .requireLoops("validation", source.grid(), minOnsets);
      DataSet judges = other.data();
      split = new DataSet.Split(all.examples(), judges.examples());
      fate = fate.plus(judges.strokes());
      unmapped += other.unmappedStrokes();
      List<Example> both = new ArrayList<>(all.examples());
      both.addAll(judges.examples());
      digest = new DataSet(source.grid(), kit.voices(), both, fate).digest();
    }
    Strokes strokes = new Strokes(fate.kept(), fate.moved(), fate.lost(), unmapped);
    return new Loops(split.training(), split.validation(), strokes, digest);
  }

  /** The version to continue from: of the same model, else the only one of that name. */
  private Version from(Job.Ask ask) {
    if (ask.fromVersion().isEmpty()) {
      return null;
    }
    String name = ModelNames.version(ask.fromVersion());
    List<Version> others =
        versions.models().stream().flatMap(each -> versions.find(each, name).stream()).toList();
    return versions
        .find(ask.model(), name)
        .or(() -> others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty())
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    others.isEmpty()
                        ? "from_version: no version " + name + "; see ListVersions"
                        : "from_version: several models have a version " + name));
  }

  private static void fits(RhythmModel from, Order order, KitMap kit) {
    Grid grid = order.source().grid();
    if (!from.grid().equals(grid)) {
      throw new IllegalArgumentException(
          "grid is " + grid + ", but " + from.version() + " has " + from.grid());
    }
    ModelCheck.requireVoices(order.source().kit(), kit, from);
    HyperParameters.Layers is = order.hyper().layers();
    HyperParameters.Layers must =
        new HyperParameters.Layers(
            wide(from.networks().encoder().onset()),
            wide(from.networks().encoder().trunk()),
            from.latentSize(),
            wide(from.networks().decoder().trunk()),
            from.networks().decoder().onset().get(0).out());
    if (!is.equals(must)) {
      throw new IllegalArgumentException(
          "hyper_parameters make " + is + ", but " + from.version() + " has " + must);
    }
  }

  private static int wide(List<DenseLayer> layers) {
    return layers.get(layers.size() - 1).out();
  }

  private void fill(Path folder, WorkOrder work, Loops loops, Version from) throws IOException {
    Files.writeString(folder.resolve("order.json"), work.json());
    ExampleFile.write(
        folder.resolve("training.examples"), work.grid(), work.voices(), loops.training());
    if (!loops.validation().isEmpty()) {
      ExampleFile.write(
          folder.resolve("validation.examples"), work.grid(), work.voices(), loops.validation());
    }
    if (from != null) {
      Files.copy(
          versions.verified(from),
          folder.resolve("from.safetensors"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What a job was ordered to do. */
  static WorkOrder order(Path folder) {
    try {
      return WorkOrder.read(Files.readString(folder.resolve("order.json")));
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + folder.resolve("order.json"), broken);
    }
  }
}
