package org.latentspace.midi.time;

/** A clock elsewhere, as exact as a line: it can be put anywhere, and started. */
final class FakeClock implements ClockSource {
  static final long CYCLE = 4 * ClockRoom.Q;

  State state = State.FOLLOWING;
  private double bpm;
  private long nanos;
  private double place;
  private long jumps;
  private long orders;
  private boolean plays;
  private long startNanos;

  FakeClock(double bpm, long nanos, double place) {
    this.bpm = bpm;
    this.nanos = nanos;
    this.place = place;
  }

  void setTempo(double quarters, long now) {
    place = placeAt(now);
    nanos = now;
    bpm = quarters;
  }

  void jump(double to, long now) {
    place = to;
    nanos = now;
    jumps++;
  }

  void start(long when) {
    plays = true;
    startNanos = when;
    orders++;
  }

  void stop() {
    plays = false;
    orders++;
  }

  @Override
  public Kind kind() {
    return Kind.LINK;
  }

  @Override
  public State state(long now) {
    return state;
  }

  @Override
  public double bpm() {
    return bpm;
  }

  @Override
  public double placeAt(long now) {
    return place + (now - nanos) * bpm / 60e9 * ClockRoom.Q;
  }

  @Override
  public long cycleGrains() {
    return CYCLE;
  }

  @Override
  public long jumps() {
    return jumps;
  }

  @Override
  public long beginNanos(long earliest) {
    double to = Math.ceil(placeAt(earliest) / CYCLE) * CYCLE;
    return nanos + (long) Math.ceil((to - place) / ClockRoom.Q / bpm * 60e9);
  }

  @Override
  public long orders() {
    return orders;
  }

  @Override
  public boolean plays() {
    return plays;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long startGrain() {
    return -1;
  }
}
