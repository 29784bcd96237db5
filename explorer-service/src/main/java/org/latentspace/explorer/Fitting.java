package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.mapping.FitEar;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.Fitted;
import org.latentspace.explorer.outlet.FitOutlet;
import org.latentspace.explorer.place.Choices;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;

/**
 * Has mappings fitted to what performers taught, and plays them.
 *
 * <pre>
 *   click --> the performer's pairs --> training-service --> shelf --> performer
 * </pre>
 *
 * A performer has one fit at a time: the newest takes the place of the one before.
 */
@ApplicationScoped
public class Fitting {
  private static final FitEar NOBODY =
      new FitEar() {
        @Override
        public void waiting(String what) {}

        @Override
        public void running(int epoch, int epochs, double loss) {}

        @Override
        public void done(Fitted fitted, String remark) {}

        @Override
        public void failed(String why) {}

        @Override
        public void refused(RuntimeException why) {}
      };

  @Inject Performers performers;
  @Inject PairBook pairs;
  @Inject FitOutlet trainer;
  @Inject MappingShelf shelf;
  @Inject Remarks remarks;

  private final Map<String, FitRun> running = new ConcurrentHashMap<>();

  /**
   * Begins a fit; returns at once.
   *
   * @param settings null: the performer's own
   * @return takes the fit back
   */
  public Runnable fit(String performer, FitSettings settings, FitEar ear) {
    FitRun run = new FitRun(ear, end -> ended(performer, end));
    FitRun before = running.put(performer, run);
    if (before != null) {
      before.giveWay(
          new Refusal(Refusal.Kind.NOT_YET, "another fit of " + performer + " was begun"));
    }
    FitOrder order = order(performer, settings);
    run.follow(() -> trainer.fit(order, new Playing(performer, run)));
    return () -> {
      running.remove(performer, run);
      run.run();
    };
  }

  /** Begins a fit with the performer's own settings; what comes of it is heard, and remarked. */
  public void fit(String performer) {
    fit(performer, null, NOBODY);
  }

  /** Takes back a performer's fit, if there is one: its pairs are no longer the performer's. */
  public void giveUp(String performer, String why) {
    FitRun run = running.remove(performer);
    if (run != null) {
      run.giveWay(new Refusal(Refusal.Kind.NOT_YET, why));
    }
  }

  /** With what was set for this performer, whether it was heard yet or not. */
  private FitOrder order(String name, FitSettings given) {
    Performer performer = performers.asItStands(name);
    Choices choices = performer.choices();
    FitSettings settings = given == null ? choices.fit() : given;
    return new FitOrder(
        name,
        settings,
        pairs.of(name),
        choices.motion(),
        performer.outputNames(),
        settings.continueFromPlaying() ? performer.taught() : null);
  }

  private void ended(String performer, FitRun run) {
    running.remove(performer, run);
    if (run.trouble() == null) {
      remarks.forget(performer);
    } else {
      remarks.note(performer, "the last fit failed, what played before plays on: " + run.trouble());
    }
  }

  private static RuntimeException refusal(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof Refusal refusal
        ? refusal
        : new Refusal(Refusal.Kind.WEATHER, cause.getMessage());
  }

  /** Plays a mapping before the caller is told of it. */
  private final class Playing implements FitEar {
    private final String performer;
    private final FitRun run;

    Playing(String performer, FitRun run) {
      this.performer = performer;
      this.run = run;
    }

    @Override
    public void waiting(String what) {
      run.waiting(what);
    }

    @Override
    public void running(int epoch, int epochs, double loss) {
      run.running(epoch, epochs, loss);
    }

    @Override
    public void done(Fitted fitted, String remark) {
      if (run.isOver()) {
        return;
      }
      if (!fitted.performer().equals(performer)) {
        run.failed("training-service sent a mapping of " + fitted.performer());
        return;
      }
      shelf
          .take(fitted)
          .whenComplete(
              (taken, fault) -> {
                if (fault == null) {
                  run.done(fitted, remark);
                } else {
                  run.refused(refusal(fault));
                }
              });
    }

    @Override
    public void failed(String why) {
      run.failed(why);
    }

    @Override
    public void refused(RuntimeException why) {
      run.refused(why);
    }
  }
}
