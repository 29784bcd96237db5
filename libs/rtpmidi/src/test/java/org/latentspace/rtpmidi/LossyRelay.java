package org.latentspace.rtpmidi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** A network between an initiator and a participant: loses, doubles, swaps and delays datagrams. */
final class LossyRelay implements AutoCloseable, Runnable {
  /** Of datagrams that pass, how many per cent are lost, doubled, and sent after the next one. */
  volatile int lostPercent;

  volatile int doubledPercent;
  volatile int swappedPercent;

  /** Of datagrams that pass, in how many per cent some byte is changed. */
  volatile int brokenPercent;

  /** While set, nothing passes. */
  volatile boolean isCut;

  final LongAdder lost = new LongAdder();

  /** Of the lost ones, packets of MIDI. */
  final LongAdder lostPackets = new LongAdder();

  private final PortPair ports;
  private final Selector selector = Selector.open();
  private final Random random;
  private final InetSocketAddress[] target = new InetSocketAddress[2];
  private final InetSocketAddress[] initiator = new InetSocketAddress[2];
  private final ByteBuffer[] held = new ByteBuffer[4];
  private volatile boolean open = true;

  /**
   * @param port of the participant on this machine, control
   */
  LossyRelay(int port, long seed) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ports = PortPair.open(new InetSocketAddress(loopback, 0));
    target[0] = new InetSocketAddress(loopback, port);
    target[1] = new InetSocketAddress(loopback, port + 1);
    random = new Random(seed);
    ports.control.register(selector, SelectionKey.OP_READ);
    ports.data.register(selector, SelectionKey.OP_READ);
    Thread thread = new Thread(this, "lossy-relay");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.port());
  }

  @Override
  public void run() {
    try (ports;
        selector) {
      while (open) {
        selector.select();
        selector.selectedKeys().clear();
        pass(ports.control, 0);
        pass(ports.data, 1);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void pass(DatagramChannel way, int port) throws IOException {
    while (true) {
      ByteBuffer datagram = ByteBuffer.allocate(1 << 16);
      InetSocketAddress from = (InetSocketAddress) way.receive(datagram);
      if (from == null) {
        return;
      }
      datagram.flip();
      boolean back = from.equals(target[port]);
      if (!back) {
        initiator[port] = from;
      }
      InetSocketAddress to = back ? initiator[port] : target[port];
      if (to != null) {
        pass(way, datagram, to, 2 * port + (back ? 1 : 0));
      }
    }
  }

  private void pass(DatagramChannel way, ByteBuffer datagram, InetSocketAddress to, int lane)
      throws IOException {
    if (isCut || random.nextInt(100) < lostPercent) {
      lost.increment();
      lostPackets.add(ControlPacket.isControl(datagram) ? 0 : 1);
      return;
    }
    if (random.nextInt(100) < brokenPercent) {
      datagram.put(random.nextInt(datagram.limit()), (byte) random.nextInt());
    }
    if (held[lane] == null && random.nextInt(100) < swappedPercent) {
      held[lane] = datagram;
      return;
    }
    way.send(datagram.duplicate(), to);
    if (random.nextInt(100) < doubledPercent) {
      way.send(datagram.duplicate(), to);
    }
    if (held[lane] != null) {
      way.send(held[lane], to);
      held[lane] = null;
    }
  }

  @Override
  public void close() {
    open = false;
    selector.wakeup();
  }
}
