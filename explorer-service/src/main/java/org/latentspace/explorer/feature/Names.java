package org.latentspace.explorer.feature;

/** What names may be: of performers, pairs, senses and whatever else comes from outside. */
public final class Names {
  public static final String RIGHT = "1..64 characters of [A-Za-z0-9_-]";
  private static final int LONGEST = 64;

  private Names() {}

  /** Whether a name is {@value #RIGHT}. */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
