package org.latentspace.osc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends OSC over UDP to one address and never waits: what cannot go at once is dropped and counted.
 *
 * <p>A host whose name cannot be found, or a socket that was lost, is trouble: tried again at most
 * once a second, in a thread of its own. Thread-safe.
 */
public final class OscSender implements AutoCloseable {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final String host;
  private final int port;
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(Osc.MOST_BYTES);
  private final AtomicBoolean opening = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile long openedNanos;
  private volatile DatagramChannel channel;
  private volatile InetSocketAddress address;
  private volatile String status = "ok";
  private volatile boolean closed;

  /**
   * Opens; returns at once also when the host's name is not known yet.
   *
   * @param port 1..65535
   */
  public OscSender(String host, int port) {
    this.host = host;
    this.port = port;
    begin(System.nanoTime());
  }

  private OscSender(InetSocketAddress to, DatagramChannel opened) {
    host = to.getHostString();
    port = to.getPort();
    address = to;
    channel = opened;
  }

  /**
   * Opens to an address whose host is found.
   *
   * @throws IOException there is no socket
   */
  public static OscSender open(InetSocketAddress to) throws IOException {
    DatagramChannel opened = DatagramChannel.open();
    opened.configureBlocking(false);
    return new OscSender(to, opened);
  }

  /** Sends one message; false = dropped. Never waits, never throws. */
  public boolean send(OscMessage message) {
    DatagramChannel open = channel;
    InetSocketAddress to = address;
    if (open == null || to == null) {
      begin(System.nanoTime());
      return drop();
    }
    synchronized (datagram) {
      try {
        datagram.clear();
        Osc.write(message, datagram);
        datagram.flip();
        if (open.send(datagram, to) == 0) {
          return drop();
        }
        sent.incrementAndGet();
        status = "ok";
        return true;
      } catch (IOException | RuntimeException e) {
        lost(open, e);
        return drop();
      }
    }
  }

  private boolean drop() {
    dropped.incrementAndGet();
    return false;
  }

  private void lost(DatagramChannel open, Exception e) {
    status = "OSC to " + host + ":" + port + ": " + e.getMessage();
    if (!open.isOpen()) {
      channel = null;
    }
  }

  /** Finding a name may take seconds, so it is not done by who sends. */
  private void begin(long nowNanos) {
    boolean early = openedNanos != 0 && nowNanos - openedNanos < PAUSE_NANOS;
    if (closed || early || !opening.compareAndSet(false, true)) {
      return;
    }
    openedNanos = nowNanos;
    Thread opener = new Thread(this::open, "osc-sender-" + port);
    opener.setDaemon(true);
    opener.start();
  }

  private void open() {
    try {
      InetSocketAddress found = new InetSocketAddress(host, port);
      if (found.isUnresolved()) {
        status = "OSC to " + host + ":" + port + ": no such host";
        return;
      }
      DatagramChannel opened = DatagramChannel.open();
      opened.configureBlocking(false);
      address = found;
      channel = opened;
      status = "ok";
      if (closed) {
        opened.close();
      }
    } catch (IOException | RuntimeException e) {
      status = "OSC to " + host + ":" + port + ": " + e.getMessage();
    } finally {
      opening.set(false);
    }
  }

  public long sent() {
    return sent.get();
  }

  public long dropped() {
    return dropped.get();
  }

  /** "ok", or what is wrong. */
  public String status() {
    return status;
  }

  @Override
  public void close() {
    closed = true;
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        status = e.getMessage();
      }
    }
  }
}
