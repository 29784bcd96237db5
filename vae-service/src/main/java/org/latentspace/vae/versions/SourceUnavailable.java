package org.latentspace.vae.versions;

/** Says that what is wanted cannot be had now, and why: status, to be tried again. */
public final class SourceUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceUnavailable(String status) {
    super(status);
  }
}
