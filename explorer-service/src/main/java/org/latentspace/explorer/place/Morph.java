package org.latentspace.explorer.place;

/**
 * Leads from one state of a performer to another without a jump: the point goes from where it was
 * to what the new settings make of the playing, in equal steps of time.
 */
final class Morph {
  private final String name;
  private final Place from;
  private final long nanos;
  private PerformerSettings before;
  private long elapsed;

  /**
   * @param name of the preset that is gone to; empty for a glide
   * @param from where the point is
   * @param before the settings until now; null: they do not change on the way
   * @param nanos above 0
   */
  Morph(String name, Place from, PerformerSettings before, long nanos) {
    this.name = name;
    this.from = from;
    this.before = before;
    this.nanos = nanos;
  }

  String name() {
    return name;
  }

  void step(long since) {
    elapsed = Math.min(nanos, elapsed + since);
  }

  boolean isOver() {
    return elapsed >= nanos;
  }

  /** How far, 0..1. */
  float part() {
    return (float) ((double) elapsed / nanos);
  }

  /** Where the point is on its way to this place. */
  Place place(Place to) {
    return between(from, to);
  }

  /** The settings on their way to these; what cannot be divided has changed already. */
  PerformerSettings choices(PerformerSettings to) {
    return before == null ? to : between(to);
  }

  private PerformerSettings between(PerformerSettings to) {
    PerformerSettings now = to;
    for (Setting<Float> number : Setting.numbers()) {
      now = now.with(number, between(before.get(number), to.get(number)));
    }
    return now.with(Setting.HAND, between(before.get(Setting.HAND), to.get(Setting.HAND)));
  }

  /** What is set on the way holds at once. */
  void set(PerformerSettings change) {
    before = before == null ? null : before.with(change);
  }

  private Place between(Place one, Place other) {
    float[] position = new float[other.position().length];
    for (int i = 0; i < position.length; i++) {
      position[i] = between(one.position()[i], other.position()[i]);
    }
    Place.ExtraOutputs further = other.further();
    float[] values = further.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          between(one.further().value(further.routes().get(i).name(), values[i]), values[i]);
    }
    return new Place(
        position,
        between(one.noise(), other.noise()),
        between(one.rampMs(), other.rampMs()),
        other.mode(),
        new Place.ExtraOutputs(further.routes(), values));
  }

  private float between(float one, float other) {
    double part = (double) elapsed / nanos;
    return (float) (one + part * ((double) other - one));
  }
}
