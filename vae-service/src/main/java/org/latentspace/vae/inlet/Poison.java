package org.latentspace.vae.inlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Logs the first bad message of each performer, so that a stream of them does not flood the log.
 */
final class Poison {
  private static final Logger LOG = Logger.getLogger(Poison.class);
  private static final int MOST_KEYS = 256;
  private static final int SHOWN = 64;

  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  void found(String performer, long sequence, String fault) {
    String name = performer.length() <= SHOWN ? performer : performer.substring(0, SHOWN);
    String key = name.replaceAll("\\p{Cntrl}", "?");
    if (logged.size() < MOST_KEYS && logged.add(key)) {
      LOG.warnf(
          "point %d of \"%s\" is skipped, and so are later bad ones: %s", sequence, key, fault);
    }
  }
}
