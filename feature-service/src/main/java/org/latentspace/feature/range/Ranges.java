package org.latentspace.feature.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.Sense;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.performer.Places;

/**
 * By which range every performer plays, which ranges each has stored, and who rehearses.
 *
 * <pre>
 *   initial ("lse", or "auto-0" by configuration) --+
 *   rehearsal --> auto-1, auto-2, ... --------------+--> used --> the next frame
 * </pre>
 *
 * <p>Thread-safe; frames ask and never wait.
 */
public final class Ranges {
  /** Performers who have stored a range. */
  public static final int MOST_BOOKS = 1024;

  /**
   * The ranges that one performer has stored, oldest first, and the name of the one in use, which
   * may also be "lse" or "auto-0", the configured one. At most {@value #MOST}; a further one takes
   * the place of the oldest that is not in use. Numbers are never used twice.
   */
  public record Profiles(List<Range> ranges, String used) {
    /** Ranges that are kept. */
    public static final int MOST = 100;

    private static final String PREFIX = "auto-";

    public Profiles {
      ranges = List.copyOf(ranges);
    }

    /** The name of the next range. */
    String nextName() {
      long newest = ranges.stream().mapToLong(range -> number(range.name())).max().orElse(0);
      return PREFIX + (Math.max(0, newest) + 1);
    }

    /** The N of "auto-N"; -1 where it is no such name. */
    public static long number(String name) {
      return name.matches(PREFIX + "[0-9]{1,9}") ? Long.parseLong(name.substring(5)) : -1;
    }

    /** The same with one range more, which is in use. */
    Profiles with(Range range) {
      List<Range> all = new ArrayList<>(ranges);
      if (all.size() >= MOST) {
        boolean oldestUsed = all.get(0).name().equals(used);
        all.remove(oldestUsed ? 1 : 0);
      }
      all.add(range);
      return new Profiles(all, range.name());
    }

    Profiles using(String name) {
      return new Profiles(ranges, name);
    }
  }

  private final double frameSeconds;
  private final Function<String, Range> initial;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Places<RangeCalibration> rehearsals;

  /** A book and the range that it names. */
  private record Kept(Profiles book, Range used) {}

  /**
   * most: rehearsals at a time; frameSeconds: from frame to frame; initial: always the same for a
   * name.
   */
  public Ranges(int most, double frameSeconds, Function<String, Range> initial) {
    rehearsals = new Places<>(most, rehearsal -> rehearsal.seconds() == 0, rehearsal -> {});
    this.frameSeconds = frameSeconds;
    this.initial = initial;
  }

  /** The range in use; the same object until another is used. */
  public Range used(String performer) {
    Kept known = kept.isEmpty() ? null : kept.get(performer);
    return known == null ? initial.apply(performer) : known.used;
  }

  /** What the performer has stored. */
  public Profiles book(String performer) {
    Kept known = kept.get(performer);
    return known == null ? new Profiles(List.of(), initial.apply(performer).name()) : known.book;
  }

  /** All ranges: "lse", the configured one, then the stored ones, oldest first. */
  public List<Range> all(String performer) {
    List<Range> all = new ArrayList<>();
    all.add(Range.LSE);
    Range first = initial.apply(performer);
    if (!first.name().equals(Range.LSE.name())) {
      all.add(first);
    }
    all.addAll(book(performer).ranges());
    return all;
  }

  /**
   * The book with a range more that is in use under a new name. A LimitExceeded where too many
   * performers have stored ranges.
   */
  public Profiles plus(String performer, Function<String, Range> named) {
    requireRoom(performer);
    Profiles book = book(performer);
    return book.with(named.apply(book.nextName()));
  }

  private void requireRoom(String performer) {
    if (!kept.containsKey(performer) && kept.size() >= MOST_BOOKS) {
      throw new LimitExceeded(MOST_BOOKS + " performers have stored ranges, no more can");
    }
  }

  /** The book with another range in use. A NoSuchElementException where none has that name. */
  public Profiles using(String performer, String name) {
    if (all(performer).stream().noneMatch(range -> range.name().equals(name))) {
      throw new NoSuchElementException(
          "performer "
              + performer
              + " has no range "
              + (name.length() > 64 ? "of that name" : name));
    }
    requireRoom(performer);
    return book(performer).using(name);
  }

  /** Plays by this book from the next frame on. One in use that is not there becomes the first. */
  public void follow(String performer, Profiles book) {
    Range used =
        book.ranges().stream()
            .filter(range -> range.name().equals(book.used()))
            .findFirst()
            .orElseGet(() -> named(performer, book.used()));
    kept.put(performer, new Kept(book.using(used.name()), used));
  }

  private Range named(String performer, String name) {
    return name.equals(Range.LSE.name()) ? Range.LSE : initial.apply(performer);
  }

  /**
   * Begins to listen to a rehearsal, anew if there is one. One without a sound, or whose performer
   * has sent nothing for ten seconds, makes room. now: of System.nanoTime.
   */
  public synchronized void begin(String performer, long nowNanos) {
    rehearsals.free(performer);
    if (rehearsals.heard(performer, nowNanos, name -> new RangeCalibration(frameSeconds)) == null) {
      throw new LimitExceeded(rehearsals.most() + " performers rehearse, no more can");
    }
  }

  /**
   * Ends the rehearsal and gives what was heard. An IllegalStateException where none was begun, or
   * too little was heard; then it goes on.
   */
  public synchronized RangeCalibration close(String performer) {
    RangeCalibration rehearsal = rehearsals.find(performer);
    if (rehearsal == null) {
      throw new IllegalStateException("performer " + performer + " has begun no rehearsal");
    }
    if (rehearsal.seconds() < RangeCalibration.LEAST_SECONDS) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%.1f s of sound are too short, must be 2 at least; the rehearsal goes on",
              rehearsal.seconds()));
    }
    rehearsals.free(performer);
    return rehearsal;
  }

  /** The rehearsal goes on after all, unless another has begun. */
  public void reopen(String performer, RangeCalibration rehearsal, long nowNanos) {
    rehearsals.heard(performer, nowNanos, name -> rehearsal);
  }

  /** Seconds that the rehearsal has heard and that were not silent; 0 without one. */
  public double rehearsed(String performer) {
    RangeCalibration rehearsal = rehearsals.find(performer);
    return rehearsal == null ? 0 : rehearsal.seconds();
  }

  /** A frame, for the performer's rehearsal if there is one. */
  void heard(String performer, FrameFeatures heard, Range whole, long nowNanos) {
    RangeCalibration rehearsal = rehearsals.heardAgain(performer, nowNanos);
    if (rehearsal != null) {
      rehearsal.take(heard, whole);
    }
  }

  /**
   * The range of all entries that these senses make: what the range says of them, and else what the
   * sense itself says, so that its low becomes 0 and its high 1.
   */
  public static Range whole(Range range, List<Sense> senses) {
    List<String> entries = new ArrayList<>();
    senses.forEach(sense -> entry(sense, entries));
    double[] low = new double[entries.size()];
    double[] high = new double[entries.size()];
    Scaling scaling = range.scaling();
    int at = 0;
    for (Sense sense : senses) {
      for (int i = 0; i < sense.size(); i++, at++) {
        int known = range.senses().indexOf(entries.get(at));
        double width = sense.high(i) - sense.low(i);
        low[at] = known >= 0 ? range.low()[known] : sense.low(i) + scaling.outLow() * width;
        high[at] = known >= 0 ? range.high()[known] : sense.low(i) + scaling.outHigh() * width;
        if (low[at] >= high[at]) {
          // Too close for doubles of that size.
          low[at] = sense.low(i);
          high[at] = sense.high(i);
        }
      }
    }
    return new Range(scaling, entries, low, high);
  }

  private static void entry(Sense sense, List<String> entries) {
    for (int i = 0; i < sense.size(); i++) {
      entries.add(sense.entry(i));
    }
  }
}
