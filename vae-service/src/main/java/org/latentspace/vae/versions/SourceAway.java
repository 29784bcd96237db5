package org.latentspace.vae.versions;

/** Says that what is wanted cannot be had now, and why: weather, to be tried again. */
public final class SourceAway extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceAway(String weather) {
    super(weather);
  }
}
