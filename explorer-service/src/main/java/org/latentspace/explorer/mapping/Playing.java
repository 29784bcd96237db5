package org.latentspace.explorer.mapping;

/**
 * What plays: a version, or where that is empty, what was set by hand; both may be empty.
 *
 * @param byHand FluCoMa JSON
 */
public record Playing(String version, String byHand) {
  /** Nothing of the performer's own. */
  public static final Playing NOTHING = new Playing("", "");
}
