package org.latentspace.training.fit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells a listener how a fit goes: the first epoch at once, then one every 50 ms. */
final class Progress {
  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Fitter.Listener listener;
  private final LongSupplier nanos;
  private boolean told;
  private long toldNanos;

  Progress(Fitter.Listener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  boolean isDue() {
    return !told || nanos.getAsLong() - toldNanos >= APART_NANOS;
  }

  void tell(int epoch, double loss) {
    told = true;
    toldNanos = nanos.getAsLong();
    listener.heard(epoch, loss);
  }
}
