package org.latentspace.installation;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the installation is described; the same for every service. */
@StaticInitSafe
@ConfigMapping(prefix = "installation")
public interface InstallationConfig {
  /** What is meant where nothing is set; need not exist. */
  String FILE = "installation.yaml";

  /** A YAML file. Where the default one is not there, everything is as without an installation. */
  @WithDefault(FILE)
  String file();
}
