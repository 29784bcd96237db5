package org.latentspace.wire.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where a process answers gRPC calls; the same for every service; checked by {@link GrpcServer}.
 */
@ConfigMapping(prefix = "grpc-server")
public interface GrpcConfig {
  /** The address it listens on; 0.0.0.0 = all. There is no password. */
  @WithDefault("127.0.0.1")
  String host();

  /** Its TCP port, 0..65535; 0 = any that is free. */
  @WithDefault("9080")
  int port();

  /** The longest message that is taken, in bytes, 4096..134217728. */
  @WithDefault("4194304")
  int maxMessageBytes();

  /** Whether callers may ask for the contract, as grpcurl does. */
  @WithDefault("true")
  boolean reflection();

  /**
   * How services of one process find each other: "this-process" = messages are handed over as they
   * are, without a network; 127.0.0.1 = over loopback TCP, as between processes.
   */
  @WithDefault("127.0.0.1")
  String neighbours();
}
