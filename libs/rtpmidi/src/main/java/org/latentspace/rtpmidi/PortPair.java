package org.latentspace.rtpmidi;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;

/** The two UDP ports of a session: control, which is even, and data, the next one. */
final class PortPair implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int ATTEMPTS = 100;
  private static final int FIRST_FREE = 0xc000;

  final DatagramChannel control;
  final DatagramChannel data;

  private PortPair(DatagramChannel control, DatagramChannel data) {
    this.control = control;
    this.data = data;
  }

  /**
   * Binds both.
   *
   * @param local address and control port, even; port 0 for any free pair
   * @throws IOException the ports are taken, or the address is none of this machine's
   */
  static PortPair open(InetSocketAddress local) throws IOException {
    if (local.getPort() != 0) {
      return bind(local, local.getPort());
    }
    Random random = new Random();
    BindException taken = new BindException("no two free ports");
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return bind(local, FIRST_FREE + 2 * random.nextInt((0x10000 - FIRST_FREE) / 2));
      } catch (BindException e) {
        taken.addSuppressed(e);
      }
    }
    throw taken;
  }

  private static PortPair bind(InetSocketAddress local, int port) throws IOException {
    DatagramChannel control = bindOne(local, port);
    try {
      return new PortPair(control, bindOne(local, port + 1));
    } catch (IOException | RuntimeException e) {
      control.close();
      throw e;
    }
  }

  private static DatagramChannel bindOne(InetSocketAddress local, int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.bind(new InetSocketAddress(local.getAddress(), port));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  int port() throws IOException {
    return ((InetSocketAddress) control.getLocalAddress()).getPort();
  }

  /** Sends what lies in the buffer; what the system does not take is lost, as on the network. */
  boolean send(DatagramChannel way, ByteBuffer packet, InetSocketAddress to) {
    try {
      return way.send(packet.flip(), to) > 0;
    } catch (IOException | RuntimeException lost) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (control) {
      data.close();
    }
  }
}
