package org.latentspace.kept;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * What can be set of the kept things; the same for every service; checked by {@link KeptOutlets}.
 */
@StaticInitSafe
@ConfigMapping(prefix = "kept")
public interface KeptConfig {
  /** Kafka brokers, HOST:PORT separated by commas. Unset: this machine's disk. */
  Optional<String> bootstrapServers();

  /** Folder for what is kept on this machine's disk; need not exist, but must be writable. */
  @WithDefault("data/kept")
  String dir();

  /** What may wait on the disk for the broker, of each topic, in MB, 1..65536. */
  @WithDefault("256")
  int spoolMb();

  /** Handed on to Kafka's clients as they are, such as security.protocol. */
  Map<String, String> kafka();
}
