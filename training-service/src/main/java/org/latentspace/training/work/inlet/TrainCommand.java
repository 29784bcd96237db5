package org.latentspace.training.work.inlet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.vae.Losses;
import org.latentspace.training.vae.Trainer;
import org.latentspace.training.work.Training;
import org.latentspace.training.work.WorkOrder;

/** The command that trains a model: MIDI files in, a model file out, progress on the way. */
public final class TrainCommand {
  private static final int MISTAKE = 2;
  private static final int CHECKPOINT_EPOCHS = 10;
  private static final PrintStream QUIET = new PrintStream(java.io.OutputStream.nullOutputStream());

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
      TrainOptions.printHelp(screen);
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
    CommandData data = CommandData.of(options, options.grid, screen);
    long start = System.nanoTime();
    RhythmModel from = options.from == null ? null : RhythmModel.read(options.from);
    Training.Trained trained =
        new Training(order(options, data))
            .train(
                new Trainer.Materials(data.training(), data.validation(), from),
                options.checkpoint,
                new Screen(screen));
    byte[] bytes = trained.model().write();
    Path draft = out.resolveSibling(out.getFileName() + ".draft");
    Files.write(draft, bytes);
    Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
    double seconds = (System.nanoTime() - start) / 1e9;
    ScoreCard card = trained.card().withWallSeconds(seconds);
    screen.print(options.json ? json(card) : card.table());
    if (options.checkpoint != null) {
      Files.deleteIfExists(options.checkpoint);
    }
    screen.printf(
        Locale.ROOT,
        "%s: %d bytes, %.0f s in all, at most %d MB resident%n",
        options.out,
        bytes.length,
        seconds,
        TrainWorker.ProcessMemory.peak() >> 20);
  }

  private static WorkOrder order(TrainOptions options, CommandData data) {
    return new WorkOrder(
        new WorkOrder.Label(options.version, options.licence, options.attribution, options.note),
        options.grid,
        data.voices(),
        options.hyper,
        data.digest(),
        data.strokes(),
        CHECKPOINT_EPOCHS);
  }

  private static String json(ScoreCard card) {
    return card.pretty() + System.lineSeparator();
  }

  private void evaluate(TrainOptions options) throws IOException {
    RhythmModel model = RhythmModel.read(options.evaluate);
    CommandData data = CommandData.of(options, model.grid(), options.json ? QUIET : screen);
    if (!data.voices().equals(model.voices())) {
      throw new IllegalArgumentException(
          "--kit " + options.kit + " has other voices than the model: " + model.voices());
    }
    ScoreCard card =
        ScoreCard.of(
            model,
            ScoreCard.Material.of(model, data.all(), List.of(), data.strokes()),
            new ScoreCard.Origin(options.hyper.seed(), data.digest(), ""));
    screen.print(options.json ? json(card) : card.tableOfEvaluation());
  }

  private void writeExamples(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<BuiltIn.MidiFile> files = BuiltIn.files();
    for (BuiltIn.MidiFile each : files) {
      Files.write(folder.resolve(each.name()), each.bytes());
    }
    screen.println(files.size() + " grooves written to " + folder);
  }

  /** Shows how a training goes, a line an epoch. */
  private static final class Screen implements Trainer.Listener {
    private final PrintStream screen;
    private final long start = System.nanoTime();
    private TrainWorker.RemainingTime time;

    Screen(PrintStream screen) {
      this.screen = screen;
    }

    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void remark(String line) {
      screen.println(line);
    }

    @Override
    public void heard(Trainer.Progress progress) {
      time = time == null ? new TrainWorker.RemainingTime(progress.epochs()) : time;
      screen.printf(
          Locale.ROOT,
          "epoch %d/%d %s%s, %.0f s%s%n",
          progress.epoch(),
          progress.epochs(),
          words("loss", progress.training()),
          progress.validation() == null ? "" : words("; held out", progress.validation()),
          (System.nanoTime() - start) / 1e9,
          left(time.left(progress.epoch(), System.nanoTime())));
    }

    private static String left(double seconds) {
      return seconds == 0 ? "" : String.format(Locale.ROOT, ", %.0f s left", seconds);
    }

    private static String words(String name, Losses losses) {
      return String.format(
          Locale.ROOT,
          "%s %.2f onset %.2f velocity %.3f offset %.3f kl %.2f",
          name,
          losses.total(),
          losses.onset(),
          losses.velocity(),
          losses.offset(),
          losses.divergence());
    }
  }
}
