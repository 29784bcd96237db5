package org.latentspace.explorer.wire;

/** Something whose status readiness shows beside the others'. */
public interface NamedStatus {
  /** A word or two. */
  String name();

  /** "ok", or what is missing and what would mend it. */
  String status();
}
