package org.latentspace.wire.warmup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of the warm-up at the start; the same for every service. */
@ConfigMapping(prefix = "warm-up")
public interface WarmUpConfig {
  /** How long a start exercises the live path before it is ready: 0..10000 ms, 0 = not at all. */
  @WithDefault("1000")
  int ms();
}
