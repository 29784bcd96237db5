package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.FitStatus;
import org.latentspace.explorer.outlet.FitOutlet;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.FitRun;
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

  private final Map<String, FitRun> running = new ConcurrentHashMap<>();

  /**
   * Begins a fit; returns at once.
   *
   * @param settings null: the performer's own
   * @return takes the fit back
   */
  public Runnable fit(String performer, FitSettings settings, Consumer<FitStatus> listener) {
    FitRun run = new FitRun(performer, listener, mappings::take, this::ended);
    FitRun before = running.put(performer, run);
    if (before != null) {
      before.giveWay(
          new Refusal(Refusal.Kind.NOT_YET, "another fit of " + performer + " was begun"));
    }
    FitOrder order = order(performer, settings);
    run.follow(() -> trainer.fit(order, run));
    return () -> {
      running.remove(performer, run);
      run.takeBack();
    };
  }

  /** Begins a fit with the performer's own settings; what comes of it is heard, and remarked. */
  public void fit(String performer) {
    fit(performer, null, status -> {});
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

  private void ended(FitRun run, FitStatus end) {
    String performer = run.performer();
    running.remove(performer, run);
    if (end.state() == FitStatus.State.DONE) {
      faults.forget(performer);
    } else {
      faults.note(performer, "the last fit failed, what played before plays on: " + end.message());
    }
  }
}
