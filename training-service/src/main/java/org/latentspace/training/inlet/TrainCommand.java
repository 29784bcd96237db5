package org.latentspace.training.inlet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.latentspace.training.TrainingFlow;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.model.ModelFile;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.vae.Trainer;

/** The command that trains a model: MIDI files in, a model file out, progress on the way. */
public final class TrainCommand {
  private static final int MISTAKE = 2;

  private final PrintStream screen;

  TrainCommand(PrintStream screen) {
    this.screen = screen;
  }

  public static void main(String[] arguments) {
    System.exit(new TrainCommand(System.out).run(System.err, arguments));
  }

  /** Exit status: 0 done, 1 the training failed, 2 a wrong option or file (one line says which). */
  int run(PrintStream complaints, String... arguments) {
    try {
      run(TrainOptions.parse(arguments));
      return 0;
    } catch (IllegalArgumentException mistake) {
      complaints.println("train: " + mistake.getMessage());
      return MISTAKE;
    } catch (IOException broken) {
      complaints.println("train: cannot read or write " + broken.getMessage());
      return MISTAKE;
    } catch (IllegalStateException failed) {
      complaints.println("train: " + failed.getMessage());
      return 1;
    }
  }

  private void run(TrainOptions options) throws IOException {
    if (options.help) {
      screen.print(TrainOptions.HELP);
    } else if (options.writeExamples != null) {
      writeExamples(options.writeExamples);
    } else if (options.evaluate != null) {
      evaluate(options);
    } else {
      train(options);
    }
  }

  private void train(TrainOptions options) throws IOException {
    Path out = options.out.toAbsolutePath();
    if (!Files.isDirectory(out.getParent()) || Files.isDirectory(out)) {
      throw new IllegalArgumentException("--out " + options.out + " cannot be written");
    }
    DataSet data = data(options, MidiFolder.kit(options.kit), options.grid);
    long start = System.nanoTime();
    TrainingFlow.Trained trained =
        new TrainingFlow()
            .train(
                data,
                options.hyper,
                new TrainingFlow.Label(options.version, options.licence, options.attribution),
                progress -> show(progress, start));
    byte[] bytes = ModelFile.write(trained.model());
    Path draft = out.resolveSibling(out.getFileName() + ".draft");
    Files.write(draft, bytes);
    Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
    screen.println(trained.card().pretty());
    screen.printf(
        Locale.ROOT,
        "%s: %d bytes, %.0f s in all%n",
        options.out,
        bytes.length,
        (System.nanoTime() - start) / 1e9);
  }

  private boolean show(Trainer.Progress progress, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    screen.printf(
        Locale.ROOT,
        "epoch %d/%d loss %.2f onset %.2f velocity %.3f offset %.3f kl %.2f, %.0f s, %.0f s left%n",
        progress.epoch(),
        progress.epochs(),
        progress.total(),
        progress.losses().onset(),
        progress.losses().velocity(),
        progress.losses().offset(),
        progress.losses().divergence(),
        seconds,
        seconds / progress.epoch() * (progress.epochs() - progress.epoch()));
    return true;
  }

  private void evaluate(TrainOptions options) throws IOException {
    RhythmModel model = ModelFile.read(Files.readAllBytes(options.evaluate));
    KitMap kit = MidiFolder.kit(options.kit);
    if (!kit.voices().equals(model.voices())) {
      throw new IllegalArgumentException(
          "--kit " + options.kit + " has other voices than the model: " + model.voices());
    }
    DataSet data = data(options, kit, model.grid());
    DataSet.Split split = data.split(options.hyper.validation(), options.hyper.seed());
    screen.println(
        ScoreCard.of(model, split.training(), split.validation(), data.strokes(), 0).pretty());
  }

  private DataSet data(TrainOptions options, KitMap kit, Grid grid) {
    MidiFolder.Pieces pieces =
        options.data == null ? MidiFolder.builtIn() : MidiFolder.read(options.data);
    pieces.skipped().forEach(line -> screen.println("skipped " + line));
    Windows windows = new Windows(grid, kit, options.minOnsets);
    pieces.songs().forEach(windows::add);
    Windows.Cut cut = windows.cut();
    screen.println(
        pieces.songs().size()
            + " pieces, "
            + cut.examples().size()
            + " windows, "
            + cut.tooFew()
            + " left out; strokes kept "
            + cut.fate().kept()
            + ", moved "
            + cut.fate().moved()
            + ", lost "
            + cut.fate().lost()
            + "; keys that the kit lacks: "
            + cut.unmapped());
    if (cut.examples().isEmpty()) {
      throw new IllegalArgumentException("no window of " + grid + " in the pieces given");
    }
    return DataSet.of(grid, kit, cut);
  }

  private void writeExamples(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<SixRobots.GrooveFile> files = SixRobots.files();
    for (SixRobots.GrooveFile each : files) {
      Files.write(folder.resolve(each.name()), each.bytes());
    }
    screen.println(files.size() + " grooves written to " + folder);
  }
}
