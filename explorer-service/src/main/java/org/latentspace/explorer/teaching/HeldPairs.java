package org.latentspace.explorer.teaching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.HeldFrames;
import org.latentspace.explorer.feature.PairInput;

/**
 * The pairs that are being held: begun and not ended; at most one a performer. Each belongs to its
 * holder: only the holder ends it, and one whose holder is gone, or that is not ended within
 * {@value #MOST_NANOS} ns, is discarded.
 */
public final class HeldPairs {
  /** The longest that one is held, in nanoseconds. */
  public static final long MOST_NANOS = 120_000_000_000L;

  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** One that was begun. */
  private record Held(Holder holder, PairTarget meaning, long begunNanos, HeldFrames frames) {}

  /**
   * What was held.
   *
   * @param played null if nothing was heard
   * @param meaning as it was at the beginning
   */
  public record Lesson(PairInput played, PairTarget meaning) {}

  /** Who holds, and for how long. */
  public record Holding(Holder holder, double seconds) {}

  /**
   * Begins, anew if the holder has begun one before.
   *
   * @throws Refusal somebody else holds one of this performer, who is named
   */
  public void begin(String performer, Holder holder, PairTarget meaning, long nowNanos) {
    Held begun = new Held(holder, meaning, nowNanos, new HeldFrames());
    held.compute(
        performer,
        (name, before) -> {
          if (before != null && !isOver(before, nowNanos) && !before.holder.equals(holder)) {
            throw new Refusal(Refusal.Kind.NOT_YET, inTheWay(performer, before, nowNanos));
          }
          return begun;
        });
  }

  /** Hears a frame. */
  public void hear(Frame frame) {
    if (!held.isEmpty()) {
      Held own = held.get(frame.origin().performer());
      if (own != null) {
        own.frames.hear(frame);
      }
    }
  }

  /**
   * Ends what the holder has begun.
   *
   * @throws Refusal this holder has begun none, or it was discarded
   */
  public Lesson end(String performer, Holder holder, long nowNanos) {
    Held own = held.get(performer);
    if (own != null && isOver(own, nowNanos)) {
      held.remove(performer, own);
      own = null;
    }
    if (own == null) {
      throw new Refusal(
          Refusal.Kind.NOT_YET,
          "performer " + performer + " has begun no pair, or not ended it in time");
    }
    if (!own.holder.equals(holder)) {
      throw new Refusal(Refusal.Kind.NOT_YET, inTheWay(performer, own, nowNanos));
    }
    held.remove(performer, own);
    return new Lesson(own.frames.mean(), own.meaning);
  }

  /** The holder is gone: what it held is discarded. */
  public void discard(Holder holder) {
    held.values().removeIf(each -> each.holder.equals(holder));
  }

  /** Forgets those of others. */
  public void keepOnly(Predicate<String> performers) {
    held.keySet().removeIf(name -> !performers.test(name));
  }

  /** Who holds a pair of this performer; null if nobody does. */
  public Holding holding(String performer, long nowNanos) {
    Held own = held.get(performer);
    return own == null || isOver(own, nowNanos)
        ? null
        : new Holding(own.holder, (nowNanos - own.begunNanos) / 1e9);
  }

  private static boolean isOver(Held own, long nowNanos) {
    return nowNanos - own.begunNanos > MOST_NANOS;
  }

  private static String inTheWay(String performer, Held own, long nowNanos) {
    return "a pair of performer "
        + performer
        + " is being held by "
        + own.holder.text()
        + " since "
        + (nowNanos - own.begunNanos) / 1_000_000_000L
        + " s: only who holds it can end it";
  }

  /**
   * Who holds a pair: what holds it is the same when it comes again, and is gone at once when that
   * is gone.
   *
   * @param id of the page, the pedals' input, the caller or the call
   * @param text who that is, for people
   */
  public record Holder(String id, String text) {

    /** A page of the screen: as long as it is open. */
    public static Holder page(String page, String address) {
      return new Holder("page/" + page, "a page on " + address);
    }

    /** The pedals of a MIDI input: as long as it is there. */
    public static Holder pedal(String midiIn) {
      return new Holder("pedal/" + midiIn, "the pedal on " + midiIn);
    }

    /** Somebody who begins and ends by two calls; those who give no name are one. */
    public static Holder caller(String name) {
      return new Holder("caller/" + name, name.isEmpty() ? "a gRPC caller" : "gRPC caller " + name);
    }

    /** One call: as long as it is not cancelled. */
    public static Holder call(String id) {
      return new Holder("call/" + id, "a gRPC call");
    }
  }
}
