package org.latentspace.osc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One message of Open Sound Control 1.0.
 *
 * @param address begins with a slash; printable ASCII without space and #
 * @param arguments each an Integer (i), Float (f), String (s), ByteString (b), Long (h), Double
 *     (d), Boolean (T, F) or null (N); at most 1024
 */
public record OscMessage(String address, List<Object> arguments) {
  public OscMessage {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  /** A message whose arguments are all of type f. */
  public static OscMessage of(String address, float... values) {
    List<Object> arguments = new ArrayList<>(values.length);
    for (float value : values) {
      arguments.add(value);
    }
    return new OscMessage(address, arguments);
  }

  /**
   * The arguments as numbers, true as 1 and false as 0.
   *
   * @throws IllegalArgumentException where one is no finite number of 32 bits
   */
  public float[] numbers() {
    float[] numbers = new float[arguments.size()];
    for (int i = 0; i < numbers.length; i++) {
      Object argument = arguments.get(i);
      if (argument instanceof Number number) {
        numbers[i] = number.floatValue();
      } else if (argument instanceof Boolean truth) {
        numbers[i] = truth ? 1 : 0;
      } else {
        throw new IllegalArgumentException("argument " + (i + 1) + " is no number");
      }
      if (!Float.isFinite(numbers[i])) {
        throw new IllegalArgumentException("argument " + (i + 1) + " is " + argument);
      }
    }
    return numbers;
  }
}
