package org.latentspace.explorer;

/** Something whose weather readiness shows beside the others'. */
public interface NamedWeather {
  /** A word or two. */
  String name();

  /** "ok", or what is missing and what would mend it. */
  String weather();
}
