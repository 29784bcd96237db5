package org.latentspace.explorer.teaching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.heard.HeldFrames;

/**
 * The pairs that are being held: begun and not ended; at most one a performer. One that is held too
 * long ends by itself, with what was heard until then.
 */
public final class HeldPairs {
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** One that was begun. */
  private static final class Held {
    private final Meaning meaning;
    private final HeldFrames frames = new HeldFrames();

    private Held(Meaning meaning) {
      this.meaning = meaning;
    }
  }

  /**
   * What was held.
   *
   * @param played null if nothing was heard
   * @param meaning as it was at the beginning
   */
  public record Lesson(Gesture played, Meaning meaning) {}

  /** Begins, anew if one was begun before. */
  public void begin(String performer, Meaning meaning) {
    held.put(performer, new Held(meaning));
  }

  /** Hears a frame; true when it is over for its performer's, and {@link #end} is due. */
  public boolean hear(Frame frame) {
    if (held.isEmpty()) {
      return false;
    }
    Held own = held.get(frame.origin().performer());
    return own != null && !own.frames.hear(frame);
  }

  /** Ends it; null if none was begun. */
  public Lesson end(String performer) {
    Held own = held.remove(performer);
    return own == null ? null : new Lesson(own.frames.mean(), own.meaning);
  }

  /** Forgets those of others. */
  public void keepOnly(Predicate<String> performers) {
    held.keySet().removeIf(name -> !performers.test(name));
  }

  /** Whether the performer holds one. */
  public boolean isHeld(String performer) {
    return held.containsKey(performer);
  }
}
