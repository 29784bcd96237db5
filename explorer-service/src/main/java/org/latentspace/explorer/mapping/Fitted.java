package org.latentspace.explorer.mapping;

/**
 * A mapping that was fitted to what a performer taught.
 *
 * @param record all that is known of how it was fitted, as it stands in the log; never written to
 */
public record Fitted(String performer, TaughtMapping mapping, byte[] record) {

  public String version() {
    return mapping.version();
  }
}
