package org.latentspace.audio.sound;

/** How a performer's source is: fair, or what is missing; the text is for people. */
public record Weather(boolean fair, String text) {
  public static final Weather OK = new Weather(true, "ok");
  public static final Weather ENDED = new Weather(true, "ended");

  /** Something is missing, and {@code text} says what. */
  public static Weather bad(String text) {
    return new Weather(false, text);
  }
}
