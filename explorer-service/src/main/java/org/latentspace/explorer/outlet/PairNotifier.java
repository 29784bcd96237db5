package org.latentspace.explorer.outlet;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Tells whose pairs have changed: after the answer, and once of many changes. */
final class PairNotifier {
  private final DiskThread thread;
  // Of the thread.
  private final Set<String> changed = new HashSet<>();

  private volatile Consumer<String> listener = performer -> {};

  PairNotifier(DiskThread thread) {
    this.thread = thread;
  }

  void hear(Consumer<String> told) {
    listener = told;
  }

  /** Of the pairs' thread. */
  void tell(String performer) {
    if (changed.add(performer)) {
      thread.later(
          () -> {
            changed.remove(performer);
            listener.accept(performer);
          },
          0);
    }
  }
}
