package org.latentspace.explorer.inlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Logs a performer's first bad frame; the others are only counted. */
final class Poison {
  private static final Logger LOG = Logger.getLogger(Poison.class);
  private static final int MOST_NAMES = 256;

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void tell(String performer, String why) {
    String name = Decoding.isName(performer) ? performer : "(no name)";
    if (told.size() < MOST_NAMES && told.add(name)) {
      LOG.warnf("skipped a frame of %s: %s (further ones are only counted)", name, why);
    }
  }
}
