package org.latentspace.training.inlet;

import java.util.function.Supplier;

/** Reads fields of requests. */
public final class Fields {
  private Fields() {}

  /** The field's value; an IllegalArgumentException of reading it names the field. */
  public static <T> T in(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(field + ": " + wrong.getMessage(), wrong);
    }
  }

  /** The value, or the standard where a request leaves it out. */
  public static String or(String value, String standard) {
    return value.isEmpty() ? standard : value;
  }
}
