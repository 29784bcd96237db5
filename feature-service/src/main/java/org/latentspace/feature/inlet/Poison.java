package org.latentspace.feature.inlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.latentspace.wire.osc.Osc;

/** Logs the first bad value of each who sends; the others are only counted. */
final class Poison {
  private static final Logger LOG = Logger.getLogger(Poison.class);
  private static final int MOST_NAMES = 256;

  private final String what;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** what: is refused, e.g. "block". */
  Poison(String what) {
    this.what = what;
  }

  /** key: whose value it was: a performer's name, or the address of an OSC message. */
  void tell(String key, String why) {
    String name = Decoding.isName(key) || Osc.isAddress(key) ? key : "(no name)";
    if (told.size() < MOST_NAMES && told.add(name)) {
      LOG.warnf("skipped a %s of %s: %s (further ones are only counted)", what, name, why);
    }
  }
}
