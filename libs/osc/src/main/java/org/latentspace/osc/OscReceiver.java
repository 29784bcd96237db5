package org.latentspace.osc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Listens for OSC on a UDP port, in a thread of its own.
 *
 * <p>Each message goes to the listener in that thread; the listener refuses one by an exception. A
 * datagram that is no OSC, and a message that is refused, is counted; the refusals' sentences go to
 * one who tells them once. A port that is taken is trouble: it is tried again twice a second. What
 * comes faster than it is listened to is lost in the system's buffer, as UDP has it.
 */
public final class OscReceiver implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OscReceiver.class);
  private static final long PAUSE_MS = 500;
  private static final int BUFFER_BYTES = 1 << 20;

  private final String name;
  private final String host;
  private final int port;
  private final Consumer<OscMessage> listener;
  private final BiConsumer<String, String> refusals;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile DatagramChannel channel;
  private volatile int boundPort;
  private volatile String status = "not listening yet";
  private volatile boolean closed;

  /**
   * @param name what listens, for the thread and the log
   * @param host address to bind to
   * @param port 1..65535, or 0 for any free one
   * @param listener of every message; an exception refuses it
   * @param refusals gets the message's address, empty for what is no OSC, and one sentence
   */
  public OscReceiver(
      String name,
      String host,
      int port,
      Consumer<OscMessage> listener,
      BiConsumer<String, String> refusals) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.listener = listener;
    this.refusals = refusals;
  }

  /** Begins to listen. */
  public void start() {
    Thread thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The port it listens on; waits for it up to so long; 0 = not by then. */
  public synchronized int port(long patienceMs) throws InterruptedException {
    await(patienceMs, () -> boundPort != 0);
    return boundPort;
  }

  /** Waits until it is so, or closed, or the time is over. */
  private synchronized void await(long milliseconds, BooleanSupplier so)
      throws InterruptedException {
    long left = milliseconds;
    long until = System.nanoTime() + milliseconds * 1_000_000;
    while (left > 0 && !closed && !so.getAsBoolean()) {
      wait(left);
      left = (until - System.nanoTime() + 999_999) / 1_000_000;
    }
  }

  private void run() {
    ByteBuffer datagram = ByteBuffer.allocateDirect(Osc.MOST_BYTES);
    while (!closed) {
      try (DatagramChannel open = DatagramChannel.open()) {
        bind(open);
        while (!closed) {
          datagram.clear();
          SocketAddress sender = open.receive(datagram);
          datagram.flip();
          take(datagram, sender);
        }
      } catch (IOException | RuntimeException e) {
        unbound(e);
      }
    }
  }

  private void bind(DatagramChannel open) throws IOException {
    open.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("no such host");
    }
    open.bind(address);
    synchronized (this) {
      if (closed) {
        throw new IOException("closed");
      }
      channel = open;
      boundPort = ((InetSocketAddress) open.getLocalAddress()).getPort();
      status = "ok";
      notifyAll();
    }
  }

  /** Waits before the next try; says once what is wrong. */
  private synchronized void unbound(Exception e) {
    channel = null;
    boundPort = 0;
    String now = name + " cannot listen on UDP " + host + ":" + port + ": " + e.getMessage();
    if (!closed && !now.equals(status)) {
      LOG.warn(now);
    }
    status = now;
    try {
      await(PAUSE_MS, () -> false);
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  private void take(ByteBuffer datagram, SocketAddress sender) {
    received.incrementAndGet();
    try {
      for (OscMessage message : Osc.read(datagram)) {
        hear(message, sender);
      }
    } catch (IllegalArgumentException e) {
      refuse("", "a datagram from " + sender + " is no OSC: " + e.getMessage());
    }
  }

  private void hear(OscMessage message, SocketAddress sender) {
    try {
      listener.accept(message);
    } catch (RuntimeException e) {
      refuse(message.address(), message.address() + " from " + sender + ": " + e.getMessage());
    }
  }

  private void refuse(String address, String why) {
    refused.incrementAndGet();
    refusals.accept(address, why);
  }

  /** Datagrams that came, good or bad. */
  public long received() {
    return received.get();
  }

  /** Datagrams that were no OSC, and messages that were refused. */
  public long refused() {
    return refused.get();
  }

  /** "ok", or why it does not listen. */
  public String status() {
    return status;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      status = e.getMessage();
    }
  }
}
