package org.latentspace.wire;

import io.quarkus.runtime.PreventFurtherStepsException;

/**
 * A mistake in the configuration or in a file named by it: the start ends with this one line and
 * exit status 2.
 *
 * <p>The message names the key or file, the wrong value and what would be right, on one line, for
 * example {@code audio-service.block-samples=100: must be 256..1024}; where an option of {@code
 * ./play} has set the key, the option is named ({@link PlayOptions}).
 */
public final class StartMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a shell sees of a start that a mistake has ended. */
  public static final int EXIT_STATUS = 2;

  public StartMistake(String line) {
    this(line, PlayOptions.ofThisProcess());
  }

  /** The value of a key, which must be least..most; else a StartMistake that says so. */
  public static double within(String key, double value, double least, double most) {
    // Written so that a NaN is refused as well.
    if (!(value >= least && value <= most)) {
      throw new StartMistake(
          key + "=" + plain(value) + ": must be " + plain(least) + ".." + plain(most));
    }
    return value;
  }

  /** The same of a whole number. */
  public static int within(String key, int value, int least, int most) {
    return (int) within(key, (double) value, least, most);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  StartMistake(String line, PlayOptions options) {
    // Quarkus prints the message of this root cause alone, without a stack trace.
    super(options.tell(line), new PreventFurtherStepsException(options.tell(line), EXIT_STATUS));
  }
}
