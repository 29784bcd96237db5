package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.outlet.FitOutlet;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.FitOrder.FitStatus;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;

/**
 * Has mappings fitted to what performers taught, and plays them.
 *
 * <pre>
 *   click --> the performer's pairs --> training-service --> MappingFlow --> performer
 * </pre>
 *
 * A performer has one fit at a time: the newest takes the place of the one before.
 */
@ApplicationScoped
public class FitFlow {
  @Inject Performers performers;
  @Inject PairBook pairs;
  @Inject FitOutlet trainer;
  @Inject MappingFlow mappings;
  @Inject MappingFaults faults;

  private final Map<String, Fit> running = new ConcurrentHashMap<>();

  /**
   * Begins a fit; returns at once.
   *
   * @param settings null: the performer's own
   * @return takes the fit back
   */
  public Runnable fit(String performer, FitSettings settings, Consumer<FitStatus> listener) {
    Fit fit = new Fit(performer, listener);
    giveWay(running.put(performer, fit), "another fit of " + performer + " was begun");
    fit.begin(order(performer, settings));
    return () -> {
      running.remove(performer, fit);
      fit.takeBack();
    };
  }

  /** Begins a fit with the performer's own settings; what comes of it is heard, and remarked. */
  public void fit(String performer) {
    fit(performer, null, status -> {});
  }

  /** Takes back a performer's fit, if there is one: its pairs are no longer the performer's. */
  public void giveUp(String performer, String why) {
    giveWay(running.remove(performer), why);
  }

  private static void giveWay(Fit fit, String why) {
    if (fit != null && fit.takeBack()) {
      fit.listener.accept(FitStatus.refused(new Refusal(Refusal.Kind.NOT_YET, why)));
    }
  }

  /** With what was set for this performer, whether it was heard yet or not. */
  private FitOrder order(String name, FitSettings given) {
    Performer performer = performers.asItStands(name);
    PerformerSettings choices = performer.choices();
    FitSettings settings = given == null ? choices.get(Setting.FIT) : given;
    return new FitOrder(
        name,
        settings,
        pairs.of(name),
        choices.get(Setting.MOTION),
        performer.outputNames(),
        settings.continueFromPlaying() ? performer.taught() : null);
  }

  /**
   * One fit that was asked for: it ends once, whoever ends it, nothing is told after the end, and
   * its mapping plays before anybody is told that it is done.
   */
  private final class Fit implements Consumer<FitStatus> {
    private final String performer;
    private final Consumer<FitStatus> listener;
    // Guarded by this, as is the listener until the end.
    private boolean over;
    private Runnable call;

    Fit(String performer, Consumer<FitStatus> listener) {
      this.performer = performer;
      this.listener = listener;
    }

    /** Asks training-service, unless the fit was taken back meanwhile. */
    synchronized void begin(FitOrder order) {
      // Within the lock: whoever takes its place calls after this call has been taken back.
      if (!over) {
        call = trainer.fit(order, this);
      }
    }

    /** Returns whether it had not ended before. */
    boolean takeBack() {
      boolean first = end();
      Runnable begun;
      synchronized (this) {
        begun = call;
      }
      if (begun != null) {
        begun.run();
      }
      return first;
    }

    private synchronized boolean end() {
      boolean first = !over;
      over = true;
      return first;
    }

    @Override
    public void accept(FitStatus status) {
      if (status.state() == FitStatus.State.DONE) {
        play(status);
      } else if (status.isEnd()) {
        end(status);
      } else {
        tell(status);
      }
    }

    private synchronized void tell(FitStatus status) {
      if (!over) {
        listener.accept(status);
      }
    }

    private void play(FitStatus done) {
      synchronized (this) {
        if (over) {
          return;
        }
      }
      String made = done.fitted().performer();
      if (!made.equals(performer)) {
        end(FitStatus.failed("training-service sent a mapping of " + made));
        return;
      }
      mappings
          .take(done.fitted())
          .whenComplete(
              (plays, fault) -> end(fault == null ? done : FitStatus.refused(refusal(fault))));
    }

    private static RuntimeException refusal(Throwable fault) {
      Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
      return cause instanceof Refusal refusal
          ? refusal
          : new Refusal(Refusal.Kind.UNAVAILABLE, cause.getMessage());
    }

    private void end(FitStatus status) {
      if (!end()) {
        return;
      }
      running.remove(performer, this);
      if (status.state() == FitStatus.State.DONE) {
        faults.forget(performer);
      } else {
        faults.note(
            performer, "the last fit failed, what played before plays on: " + status.message());
      }
      listener.accept(status);
    }
  }
}
