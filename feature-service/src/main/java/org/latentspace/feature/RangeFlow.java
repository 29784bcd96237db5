package org.latentspace.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.outlet.RangeStore;
import org.latentspace.feature.range.RangeCalibration;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.senses.Senses;

/**
 * Auto-range; read {@link FeatureFlow} first.
 *
 * <pre>
 *   begin --> frames are listened to --> end --> range auto-N --> disk --> the next frame
 * </pre>
 *
 * <p>What changes a range waits for the disk, and then for nobody. An exception says in one line
 * why something cannot be done.
 */
@ApplicationScoped
public class RangeFlow {
  @Inject Ranges ranges;
  @Inject Senses senses;
  @Inject RangeStore store;

  /** By what the performer's raw values are scaled now, the senses' too. */
  public Range used(String performer) {
    return whole(performer, ranges.used(performer));
  }

  /** "lse", the configured one, then the stored ones, oldest first. */
  public List<Range> all(String performer) {
    return ranges.all(performer).stream().map(range -> whole(performer, range)).toList();
  }

  /** Begins to listen to a rehearsal, anew if there is one. */
  public void begin(String performer) {
    ranges.begin(performer, System.nanoTime());
  }

  /** Stores what was heard as the next range and plays by it. */
  public synchronized Range end(String performer) {
    RangeCalibration rehearsal = ranges.close(performer);
    List<String> widened = new ArrayList<>();
    try {
      Range range = add(performer, name -> rehearsal.range(name, widened));
      store.tell(performer, range.name(), widened);
      return range;
    } catch (RuntimeException refusal) {
      ranges.reopen(performer, rehearsal, System.nanoTime());
      throw refusal;
    }
  }

  /** Stores a range under a new name and plays by it. */
  public synchronized Range add(String performer, Function<String, Range> named) {
    return follow(performer, ranges.plus(performer, named));
  }

  /** Plays by the range of that name. */
  public synchronized Range use(String performer, String name) {
    return follow(performer, ranges.using(performer, name));
  }

  private Range follow(String performer, Ranges.Profiles book) {
    store.write(performer, book);
    ranges.follow(performer, book);
    return used(performer);
  }

  private Range whole(String performer, Range range) {
    return Ranges.whole(range, senses.list(performer));
  }
}
