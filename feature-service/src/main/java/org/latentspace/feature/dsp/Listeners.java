package org.latentspace.feature.dsp;

import java.util.function.Function;
import org.latentspace.performer.Places;

/**
 * A listener for every performer, each with a state of its own; at most so many. When all places
 * are taken, one who has sent nothing for ten seconds makes room for a new one, and one who only
 * rests does not; else the new one is refused. Different performers may be heard from different
 * threads.
 */
public final class Listeners {
  private final Function<String, Listener> first;
  private final Places<Listener> places;

  /** most: 1..256 performers; settings: by the performer's name. */
  public Listeners(int most, Function<String, FeatureSettings> settings) {
    this(most, settings, name -> FrameContext.none(settings.apply(name).scaling()));
  }

  /** company: a new one for every new listener, by the performer's name. */
  public Listeners(
      int most,
      Function<String, FeatureSettings> settings,
      Function<String, FrameContext> context) {
    first = name -> new Listener(settings.apply(name), context.apply(name));
    places = new Places<>(most);
  }

  /**
   * Hears a block and puts its frames, if it completes any, into the sink. now: of System.nanoTime,
   * tells which senses are stale and whose place is free.
   */
  public Verdict hear(Block block, long nowNanos, FrameSink sink) {
    Listener listener = places.heard(block.performer(), nowNanos, first);
    if (listener == null) {
      return Verdict.NO_ROOM;
    }
    Verdict verdict = listener.hear(block, nowNanos, sink);
    if (block.last() && !verdict.refused()) {
      places.free(block.performer());
    }
    return verdict;
  }

  /** Performers who were heard in the last ten seconds. */
  public int size(long nowNanos) {
    return places.taken(nowNanos);
  }

  /** "ok", or who found no room. */
  public String status(long nowNanos) {
    return places.status("feature-service.max-performers", nowNanos);
  }
}
