package org.latentspace.kept;

import java.util.random.RandomGenerator;

/**
 * Makes names that are never made again: 26 characters of [0-9a-z], of which the first ten are the
 * time, so that names sort as they were made, and sixteen are chance (80 bits). After ULID,
 * github.com/ulid/spec, in small letters.
 */
public final class KeptId {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int TIME_DIGITS = 10;
  private static final int CHANCE_DIGITS = 16;

  private KeptId() {}

  /**
   * A new name.
   *
   * @param unixMillis the present time, 0..2^48-1
   * @param chance one that nobody can have seeded alike, such as SecureRandom
   */
  public static String make(long unixMillis, RandomGenerator chance) {
    StringBuilder name = new StringBuilder(TIME_DIGITS + CHANCE_DIGITS);
    for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
      name.append(DIGITS.charAt((int) (unixMillis >>> (5 * digit)) & 31));
    }
    for (int digit = 0; digit < CHANCE_DIGITS; digit++) {
      name.append(DIGITS.charAt(chance.nextInt(32)));
    }
    return name.toString();
  }
}
