package org.latentspace.midi.time;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says what every ensemble will do in its next bar, a beat or more before it begins, while somebody
 * wants to know. The timing thread only copies; a thread of its own works.
 */
public final class NextBars implements AutoCloseable {
  private static final long LOOK_NANOS = 500_000_000;

  private final Supplier<List<Ensemble>> ensembles;
  private final List<Consumer<NextBar>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Ensemble, NextBarPreview> previews = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "midi-next-bar");
  private volatile boolean open = true;

  NextBars(Supplier<List<Ensemble>> ensembles) {
    this.ensembles = ensembles;
    thread.setDaemon(true);
  }

  /**
   * Tells of every next bar from now on, on a thread that may not be held up, until it is closed.
   */
  public synchronized AutoCloseable listen(Consumer<NextBar> listener) {
    listeners.add(listener);
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    LockSupport.unpark(thread);
    return () -> listeners.remove(listener);
  }

  /** On the timing thread, while a song is played. */
  void look() {
    if (listeners.isEmpty()) {
      return;
    }
    List<Ensemble> all = ensembles.get();
    for (int i = 0; i < all.size(); i++) {
      Ensemble ensemble = all.get(i);
      NextBarPreview preview = previews.get(ensemble);
      if (preview != null && ensemble.begin(preview)) {
        LockSupport.unpark(thread);
      }
    }
  }

  private void run() {
    while (open) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      List<Ensemble> all = ensembles.get();
      if (!listeners.isEmpty()) {
        all.forEach(e -> previews.computeIfAbsent(e, fresh -> new NextBarPreview()));
      }
      previews.keySet().retainAll(all);
      previews.values().stream().filter(NextBarPreview::isBegun).forEach(this::tell);
    }
  }

  private void tell(NextBarPreview preview) {
    NextBar bar = preview.work();
    if (bar != null) {
      listeners.forEach(listener -> listener.accept(bar));
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
