package org.latentspace.audio.sound;

/** State of a performer's source: ok, or not, with a text for people that says what is missing. */
public record InputStatus(boolean ok, String text) {
  public static final InputStatus OK = new InputStatus(true, "ok");
  public static final InputStatus ENDED = new InputStatus(true, "ended");

  /** Something is missing, and {@code text} says what. */
  public static InputStatus bad(String text) {
    return new InputStatus(false, text);
  }
}
