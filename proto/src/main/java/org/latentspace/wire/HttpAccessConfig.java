package org.latentspace.wire;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who may ask a service over HTTP; the same for every service. */
@ConfigMapping(prefix = "http-access")
public interface HttpAccessConfig {
  /** Names of this server beside its addresses and localhost, separated by commas, no ports. */
  Optional<List<String>> hosts();
}
