package org.latentspace.performer;

/** The rule for names of performers and of what they keep. Allocates nothing. */
public final class Name {
  /** Longest name, in characters. */
  public static final int LONGEST = 64;

  /** The rule, as messages say it. */
  public static final String RULE = "1.." + LONGEST + " characters of [A-Za-z0-9_-]";

  private Name() {}

  /** Whether a text keeps the rule. */
  public static boolean isValid(String text) {
    boolean valid = !text.isEmpty() && text.length() <= LONGEST;
    for (int i = 0; valid && i < text.length(); i++) {
      char c = text.charAt(i);
      valid = isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
    return valid;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** A stranger's text, fit to be logged: 64 printable ASCII characters at most. */
  public static String shown(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return head.replaceAll("[^ -~]", "?");
  }

  /**
   * A name, as it is.
   *
   * @param what is named, for the message
   * @throws IllegalArgumentException when it breaks the rule
   */
  public static String require(String what, String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(what + " must be " + RULE);
    }
    return text;
  }
}
