package org.latentspace.explorer.wire;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** Counts what controls have done. */
@ApplicationScoped
public class ControlCounts {
  private final LongAdder done = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** Something was done, or was refused. */
  public void count(boolean wasDone) {
    (wasDone ? done : refused).increment();
  }

  public long done() {
    return done.sum();
  }

  public long refused() {
    return refused.sum();
  }
}
