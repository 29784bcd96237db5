package org.latentspace.midi.outlet;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks after ports again and again, with a thread for each: a device that hangs while it is opened
 * holds up no other.
 */
final class PortTender {
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "midi-ports");
            thread.setDaemon(true);
            return thread;
          });

  /** There is to be a thread for each of so many ports. */
  void expect(int ports) {
    threads.setCorePoolSize(Math.max(1, ports));
  }

  Future<?> tend(Port port) {
    return threads.scheduleWithFixedDelay(port::tend, 0, port.tendMillis(), TimeUnit.MILLISECONDS);
  }

  void later(Runnable task, long seconds) {
    threads.schedule(task, seconds, TimeUnit.SECONDS);
  }

  /** Returns whether it has not been ended before. */
  boolean end() {
    boolean first = !threads.isShutdown();
    threads.shutdownNow();
    return first;
  }
}
