package org.latentspace.midi.outlet;

/** One output. Calls come from the timing thread and never block; {@link #finish} may. */
interface Port extends AutoCloseable {
  /** As configured. */
  String address();

  /** "ok", or what is missing. */
  String status();

  long strokes();

  /** Strokes that came while the port could not take them. */
  long dropped();

  default void begin(boolean offline) {}

  /** See {@link org.latentspace.midi.time.Outputs}. */
  void strike(long dueNanos, long grain, int noteOn);

  default void control(long grain, int message) {}

  default void tempo(long grain, double bpm) {}

  default void meter(long grain, int beatsPerBar, int beatUnit) {}

  default void expect(long dueNanos) {}

  default void quiet() {}

  default void finish(long grain) {}

  /** Looks after the port, once a second, on the ports' own thread; may block. */
  default void tend() {}

  @Override
  void close();
}
