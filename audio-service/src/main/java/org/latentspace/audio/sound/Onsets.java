package org.latentspace.audio.sound;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who listens for strokes in whose sound. Costs nothing while nobody does. */
public final class Onsets {
  private record Listening(String performer, OnsetLocator locator) {}

  private final List<Listening> all = new CopyOnWriteArrayList<>();

  /** Tells of every stroke of a performer, on the thread of the source, until it is closed. */
  public Runnable listen(String performer, Consumer<Onset> listener) {
    Listening one = new Listening(performer, new OnsetLocator(listener));
    all.add(one);
    return () -> all.remove(one);
  }

  /** The next block of a performer. */
  public void hear(String performer, Sound sound) {
    for (Listening one : all) {
      if (one.performer.equals(performer)) {
        one.locator.hear(sound);
      }
    }
  }
}
