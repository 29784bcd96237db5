package org.latentspace.training.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ScoreCard.Strokes;

/** Loops of the data set for a version: those to look for the nearest in, those to be scored on. */
public final class VersionLoops {
  private static final int MOST = 100_000;

  private final VersionStore versions;
  private final RhythmStore rhythms;
  private final Kits kits;

  /** Loops on one grid. */
  public record Loops(Grid grid, List<String> voices, List<Example> examples) {}

  public VersionLoops(VersionStore versions, RhythmStore rhythms, Kits kits) {
    this.versions = versions;
    this.rhythms = rhythms;
    this.kits = kits;
  }

  /**
   * What the version was trained on; where that is not known, everything in the data set that fits
   * the grid and a kit with the voices. At most 100 000 loops.
   */
  public Loops of(Optional<Version> version, Grid grid, List<String> voices) {
    Path file = version.map(versions::loops).filter(Files::exists).orElse(null);
    if (file != null) {
      try {
        ExampleFile.Content content = ExampleFile.read(file);
        return new Loops(content.grid(), content.voices(), first(content.examples()));
      } catch (IOException damaged) {
        // Everything that fits is nearly as good.
      }
    }
    return new Loops(
        grid, voices, first(rhythms.pick(Selection.ALL, grid, kit(voices), 1).data().examples()));
  }

  private static List<Example> first(List<Example> examples) {
    return examples.subList(0, Math.min(MOST, examples.size()));
  }

  private KitMap kit(List<String> voices) {
    for (Kits.Named each : kits.all()) {
      try {
        KitMap kit = kits.named(each.name());
        if (kit.voices().equals(voices)) {
          return kit;
        }
      } catch (IllegalArgumentException broken) {
        // A call that uses that kit gets its error.
      }
    }
    throw new NoSuchElementException(
        "no kit has the voices "
            + voices
            + ", in this order; there are "
            + kits.all().stream().map(Kits.Named::name).toList());
  }

  /**
   * Scores a version on what a selection has with a kit. Throws IllegalArgumentException where the
   * kit does not fit the model, IllegalStateException without loops.
   */
  public ScoreCard score(Version version, Selection selection, String kitName) {
    RhythmModel model = versions.model(version);
    KitMap kit = kits.named(kitName);
    ModelCheck.requireVoices(kitName, kit, model);
    SelectionSummary pick =
        rhythms.pick(selection, model.grid(), kit, 1).requireLoops("selection", model.grid(), 1);
    DataSet loops = pick.data();
    GridWriter.Fate fate = loops.strokes();
    Strokes strokes = new Strokes(fate.kept(), fate.moved(), fate.lost(), pick.unmappedStrokes());
    return ScoreCard.of(
        model,
        ScoreCard.Material.of(model, loops.examples(), List.of(), strokes),
        new ScoreCard.Origin(1, loops.digest(), ""));
  }
}
