package org.latentspace.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Plays in time with other programs in the network: a peer of an Ableton Link session, in a thread
 * of its own.
 *
 * <p>Reading {@link #state} never waits and allocates nothing. Networks that are not there, or a
 * port that is taken, are a status that mends itself. Thread-safe.
 */
public final class LinkSession implements AutoCloseable {
  private static final long RESCAN_MICROS = 5_000_000;
  private static final long PAUSE_NANOS = 500_000_000;

  private final LinkSettings settings;
  private final Consumer<LinkState> listener;
  private final LinkNode node;
  private final Thread thread;
  // Guarded by the node.
  private LinkSockets sockets;
  // Belongs to the thread.
  private LinkState told;

  private final AtomicLong listenerFailures = new AtomicLong();
  private volatile LinkState state;
  private volatile String trouble = "not joined yet";
  private volatile long received;
  private volatile long dropped;
  private volatile boolean closed;

  private LinkSession(LinkSettings settings, Consumer<LinkState> listener) {
    this.settings = settings;
    this.listener = listener;
    SecureRandom random = new SecureRandom();
    node = new LinkNode(settings, random::nextLong, new Wire(), hostMicros());
    state = node.state();
    told = state;
    thread = new Thread(this::run, "link");
    thread.setDaemon(true);
  }

  /**
   * Founds a session, and joins an older one when there is one in the network.
   *
   * @param listener hears of every change of {@link LinkState}, in Link's thread; must not wait
   */
  public static LinkSession join(LinkSettings settings, Consumer<LinkState> listener) {
    LinkSession session = new LinkSession(settings, listener);
    session.thread.start();
    return session;
  }

  /** The clock that all host times are of: {@link System#nanoTime} in microseconds. */
  public static long hostMicros() {
    return System.nanoTime() / 1000;
  }

  /** Peers, tempo, beats and transport as they are now. */
  public LinkState state() {
    return state;
  }

  /**
   * Changes the tempo now, for everybody.
   *
   * @throws IllegalArgumentException unless 20..999
   */
  public void setTempo(double bpm) {
    change(() -> node.setTempo(bpm, hostMicros()));
  }

  /**
   * Starts or stops, for everybody who shares that.
   *
   * @param quantum a start waits for the next multiple of so many beats; 0 = it is at once
   */
  public void setPlaying(boolean playing, double quantum) {
    change(() -> node.setPlaying(playing, quantum, hostMicros()));
  }

  /** This side's beats come so many milliseconds after the session's; negative: before. */
  public void setOffset(double millis) {
    change(() -> node.setOffset(millis));
  }

  private void change(Runnable change) {
    synchronized (node) {
      change.run();
      state = node.state();
      if (sockets != null) {
        sockets.wake();
      }
    }
  }

  private void run() {
    while (!closed) {
      try (LinkSockets open = new LinkSockets(settings.interfaces())) {
        synchronized (node) {
          sockets = open;
        }
        long rescan = hostMicros();
        while (!closed) {
          if (rescan <= hostMicros()) {
            rescan = hostMicros() + RESCAN_MICROS;
            rescan(open);
          }
          turn(open);
        }
        leave();
      } catch (IOException | RuntimeException e) {
        trouble = "UDP port " + LinkSockets.PORT + ": " + e.getMessage();
        sleep();
      }
    }
  }

  private void rescan(LinkSockets open) throws IOException {
    synchronized (node) {
      open.rescan();
      trouble = open.interfaces() == 0 ? "no network interface" : "";
    }
  }

  private void turn(LinkSockets open) throws IOException {
    long due;
    synchronized (node) {
      due = node.turn(hostMicros());
      state = node.state();
    }
    tell();
    open.listen(
        due,
        (packet, from, now) -> {
          synchronized (node) {
            node.receive(packet, from, now);
            state = node.state();
          }
        });
    received = open.received();
    dropped = open.dropped();
  }

  private void tell() {
    LinkState now = state;
    if (now.equals(told)) {
      return;
    }
    told = now;
    try {
      listener.accept(now);
    } catch (RuntimeException e) {
      listenerFailures.incrementAndGet();
    }
  }

  private void leave() {
    synchronized (node) {
      node.leave();
      sockets = null;
    }
  }

  private void sleep() {
    synchronized (node) {
      sockets = null;
    }
    if (!closed) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** "alone", "2 peers, 120.0 bpm", or what is wrong. */
  public String status() {
    LinkState now = state;
    if (!trouble.isEmpty()) {
      return trouble;
    }
    String peers = now.peers() == 1 ? "1 peer, " : now.peers() + " peers, ";
    double tenths = Math.round(now.bpm() * 10) / 10.0;
    return (now.peers() == 0 ? "alone, " : peers) + tenths + " bpm";
  }

  /** Datagrams that came, good or bad. */
  public long received() {
    return received;
  }

  /** Datagrams that were none of the protocol. */
  public long dropped() {
    return dropped;
  }

  /** Changes at which the listener threw an exception. */
  public long listenerFailures() {
    return listenerFailures.get();
  }

  /** Says goodbye. Returns when the thread has ended, within a second. */
  @Override
  public void close() {
    closed = true;
    synchronized (node) {
      if (sockets != null) {
        sockets.wake();
      }
    }
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Through the sockets that are open; without them nothing leaves. */
  private final class Wire implements LinkNode.Network {
    @Override
    public void announce(LinkPacket.Discovery discovery) {
      if (sockets != null) {
        sockets.announce(discovery);
      }
    }

    @Override
    public void send(LinkPacket packet, InetSocketAddress to) {
      if (sockets != null) {
        sockets.send(packet, to);
      }
    }
  }
}
