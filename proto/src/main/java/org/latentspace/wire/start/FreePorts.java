package org.latentspace.wire.start;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.latentspace.wire.StartMistake;

/** Refuses a start whose ports another process has. */
final class FreePorts {
  /** Of a host and a port each: HTTP and gRPC. */
  private static final List<String> PREFIXES = List.of("quarkus.http", "grpc-server");

  private static final int MOST = 65_535;

  private FreePorts() {}

  static void check(SmallRyeConfig config) {
    PREFIXES.forEach(prefix -> check(config, prefix));
  }

  private static void check(SmallRyeConfig config, String prefix) {
    String host = config.getOptionalValue(prefix + ".host", String.class).orElse("127.0.0.1");
    String key = prefix + ".port";
    try {
      config.getOptionalValue(key, Integer.class).ifPresent(port -> check(key, host, port));
    } catch (IllegalArgumentException wrong) {
      throw SettingsCheck.mistake(wrong.toString());
    }
  }

  /** Port 0 is any free one. */
  static void check(String key, String host, int port) {
    if (port < 0 || port > MOST) {
      throw new StartMistake(key + "=" + port + ": must be 1.." + MOST);
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new StartMistake(key.replace(".port", ".host") + "=" + host + ": no such host");
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As the server will: a port whose last connections are still closing can be had.
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (BindException refused) {
      throw refused(key, host, port, refused);
    } catch (IOException unclear) {
      throw new StartMistake(key + "=" + port + ": cannot be opened on " + host + ": " + unclear);
    }
  }

  private static StartMistake refused(String key, String host, int port, BindException why) {
    String reason = why.getMessage();
    if (reason != null && reason.contains("assign")) {
      return new StartMistake(
          key.replace(".port", ".host") + "=" + host + ": must be an address of this machine");
    }
    if (reason != null && reason.contains("ermission")) {
      return new StartMistake(key + "=" + port + ": only root may have it; choose one above 1023");
    }
    return new StartMistake(
        key
            + "="
            + port
            + ": port "
            + port
            + " on "
            + host
            + " is in use (by another ./play?); choose another");
  }
}
