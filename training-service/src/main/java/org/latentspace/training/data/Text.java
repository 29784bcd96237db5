package org.latentspace.training.data;

/** Keeps what strangers wrote fit to be shown and searched. */
public final class Text {
  private Text() {}

  /** The same text, without control characters, at most so many characters long. */
  public static String printable(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && clean.length() < longest; i++) {
      char c = text.charAt(i);
      clean.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return clean.toString();
  }
}
