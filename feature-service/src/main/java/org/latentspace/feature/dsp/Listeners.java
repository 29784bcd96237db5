package org.latentspace.feature.dsp;

import java.util.function.Consumer;
import java.util.function.Function;
import org.latentspace.performer.Places;

/**
 * A listener for every performer, each with a state of its own; at most so many. When all places
 * are taken, one who has sent nothing for ten seconds makes room for a new one, and one who only
 * rests does not; else the new one is refused. Different performers may be heard from different
 * threads.
 */
public final class Listeners {
  /** What became of a block. */
  public enum Verdict {
    /** It completed one frame or several. */
    FRAMED,
    /** It was heard, but completed no frame. */
    UNFRAMED,
    /** Refused: every place is taken by a performer who sounds. */
    NO_ROOM,
    /** Refused: the performer's sample rate changed while its sound went on. */
    OTHER_RATE
  }

  /** What goes with one performer's features: the scaling in use, and the other senses. */
  @FunctionalInterface
  public interface Context {
    /** The scaling of the next frame. */
    Scaling scaling();

    /** Adds to a frame what the extractor does not know; a frame's scaling was asked for before. */
    default void join(Block block, FrameFeatures heard, long nowNanos) {}
  }

  private final Function<String, Listener> first;
  private final Places<Listener> places;

  /** most: 1..256 performers; settings: by the performer's name. */
  public Listeners(int most, Function<String, FeatureSettings> settings) {
    this(most, settings, name -> settings.apply(name)::scaling);
  }

  /** company: a new one for every new listener, by the performer's name. */
  public Listeners(
      int most, Function<String, FeatureSettings> settings, Function<String, Context> company) {
    first = name -> new Listener(settings.apply(name), company.apply(name));
    places = new Places<>(most);
  }

  /**
   * Hears a block and puts its frames, if it completes any, into the sink; a frame is the
   * extractor's own and holds only until the sink returns. now: of System.nanoTime, tells which
   * senses are stale and whose place is free.
   */
  public Verdict hear(Block block, long nowNanos, Consumer<FrameFeatures> sink) {
    String performer = block.origin().performer();
    Listener listener = places.heard(performer, nowNanos, first);
    if (listener == null) {
      return Verdict.NO_ROOM;
    }
    Verdict verdict = listener.hear(block, nowNanos, sink);
    if (block.origin().last() && verdict != Verdict.OTHER_RATE) {
      places.free(performer);
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

  /**
   * Extracts the features of one performer's blocks, in order, and keeps the time where blocks are
   * missing. A sequence that does not go up is a source that has begun anew: so does the extractor.
   */
  private static final class Listener {
    private final FeatureSettings settings;
    private final Context context;
    private FeatureExtractor extractor;
    private int rate;
    private long sequence;
    private long soundNanos;

    Listener(FeatureSettings settings, Context context) {
      this.settings = settings;
      this.context = context;
    }

    synchronized Verdict hear(Block block, long nowNanos, Consumer<FrameFeatures> sink) {
      float[] samples = block.samples();
      boolean anew = extractor == null || block.origin().sequence() <= sequence;
      boolean silentEnd = block.origin().last() && samples.length == 0;
      if (!anew && block.rate() != rate && !silentEnd) {
        return Verdict.OTHER_RATE;
      }
      if (anew) {
        rate = silentEnd ? settings.window().rate() : block.rate();
        extractor = new FeatureExtractor(settings, rate, context::scaling);
        soundNanos = 0;
      }
      keepTime(block);
      sequence = block.origin().sequence();
      boolean[] framed = new boolean[1];
      Consumer<FrameFeatures> counting =
          heard -> {
            framed[0] = true;
            context.join(block, heard, nowNanos);
            sink.accept(heard);
          };
      if (block.origin().last()) {
        extractor.finish(samples, 0, samples.length, counting);
      } else {
        extractor.process(samples, 0, samples.length, counting);
      }
      return framed[0] ? Verdict.FRAMED : Verdict.UNFRAMED;
    }

    private void keepTime(Block block) {
      double blockSeconds = (double) block.samples().length / rate;
      double missing = (block.origin().soundNanos() - soundNanos) / 1e9 - blockSeconds;
      if (missing > 0.5 / rate) {
        extractor.skip(missing);
      }
      soundNanos = block.origin().soundNanos();
    }
  }
}
