package org.latentspace.midi.time;

/** Who leads an ensemble at the moment; belongs to {@link Performers}. */
public final class CurrentLeader {
  // Guarded by Performers.
  Performers.Performer leader;

  private volatile String name = "";

  void lead(Performers.Performer next) {
    leader = next;
    name = next == null ? "" : next.newest.performer();
  }

  /** Whose rhythm came last, of those that the ensemble follows; empty: nobody's. */
  public String leader() {
    return name;
  }
}
