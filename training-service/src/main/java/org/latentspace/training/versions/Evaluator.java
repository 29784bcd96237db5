package org.latentspace.training.versions;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.SelectionSummary;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.storage.NoRoom;

/** Scores versions on data of one's choice: one at a time, on a thread that stands back. */
public final class Evaluator implements AutoCloseable {
  private static final int MOST_WAITING = 8;

  private final VersionStore versions;
  private final RhythmStore rhythms;
  private final Kits kits;
  private final ThreadPoolExecutor submission;

  /** What a version is scored on. */
  public record Data(Selection selection, String kit) {}

  public Evaluator(VersionStore versions, RhythmStore rhythms, Kits kits) {
    this.versions = versions;
    this.rhythms = rhythms;
    this.kits = kits;
    submission =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread thread = new Thread(work, "training-assessor");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
    submission.allowCoreThreadTimeOut(true);
  }

  /**
   * Waits for the score card. Throws IllegalArgumentException where the kit does not fit the model,
   * IllegalStateException without loops, NoRoom where eight wait.
   */
  public ScoreCard assess(Version version, Data data) {
    Future<ScoreCard> card;
    try {
      card = submission.submit(() -> score(version, data));
    } catch (RejectedExecutionException full) {
      throw new NoRoom(MOST_WAITING + " evaluations wait already; try again later");
    }
    try {
      return card.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      card.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private ScoreCard score(Version version, Data data) {
    RhythmModel model = versions.model(version);
    KitMap kit = kits.named(data.kit());
    ModelCheck.requireVoices(data.kit(), kit, model);
    SelectionSummary pick =
        rhythms
            .pick(data.selection(), model.grid(), kit, 1)
            .requireLoops("selection", model.grid(), 1);
    DataSet loops = pick.data();
    GridWriter.Fate fate = loops.strokes();
    Strokes strokes = new Strokes(fate.kept(), fate.moved(), fate.lost(), pick.unmappedStrokes());
    return ScoreCard.of(
        model,
        ScoreCard.Material.of(model, loops.examples(), List.of(), strokes),
        new ScoreCard.Origin(1, loops.digest(), ""));
  }

  @Override
  public void close() {
    submission.shutdownNow();
  }
}
