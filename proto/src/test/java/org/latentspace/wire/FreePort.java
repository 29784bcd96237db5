package org.latentspace.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that a test starts. */
public final class FreePort {
  // Below those that a system gives to callers, of whom one would take it before it is used.
  private static final int LEAST = 12_000;
  private static final int MOST = 31_000;

  private FreePort() {}

  /** A port of loopback that is free, as is the one that is so far above it. */
  public static int find(int above) throws IOException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
      if (isFree(port) && isFree(port + above)) {
        return port;
      }
    }
    throw new IOException("no free port");
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
