package org.latentspace.wire.warmup;

/**
 * A part of the live path that a start exercises on messages which nobody sent, so that Java has
 * compiled it before the first sound. Leaves no trace: no performer, no count, no file, no stroke.
 */
public interface Exercise {
  /** Makes what the rounds need, apart from what plays. */
  Round begin();

  /** Some milliseconds of work, done again and again. */
  @FunctionalInterface
  interface Round extends AutoCloseable {
    void once();

    /** The exercise is over. */
    @Override
    default void close() {}
  }
}
