package org.latentspace.explorer;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.outlet.PairOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.wire.StartOrder;

/**
 * What follows a change of somebody's pairs: the point knows where they lead, and a mapping is
 * fitted anew where that is wanted, or where another scaling has made the playing one useless.
 */
@ApplicationScoped
public class PairNews {
  @Inject PairOutlet pairs;
  @Inject PairBook book;
  @Inject Performers performers;
  @Inject Fitting fitting;

  void begin(@Observes @Priority(StartOrder.OPEN) StartupEvent start) {
    pairs.hear(this::changed);
  }

  private void changed(Change change) {
    Performer performer = performers.find(change.performer());
    if (performer == null) {
      return;
    }
    performer.landmarks(PairWire.landmarks(book.of(performer.name())));
    boolean wanted = performer.choices().autoFit() || needed(change, performer.taught());
    if (wanted && book.count(performer.name()) > 0) {
      fitting.fit(performer.name());
    }
  }

  private static boolean needed(Change change, TaughtMapping playing) {
    return change instanceof Change.Scaled scaled
        && playing.isNamed()
        && !playing.scaling().equals(scaled.scale().name());
  }
}
