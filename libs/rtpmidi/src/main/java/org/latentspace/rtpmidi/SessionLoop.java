package org.latentspace.rtpmidi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A session's thread: takes datagrams, sends what is queued, plays what is due, tends the peers.
 */
final class SessionLoop implements Runnable {
  private static final int MOST_BYTES = 1 << 16;
  private static final int DATAGRAMS_A_TURN = 64;
  private static final int PACKETS_A_TURN = 16;
  private static final long MOST_REST_NANOS = 500_000_000;
  private static final long NEAR_NANOS = 2_000_000;
  private static final long NAP_NANOS = 50_000;

  volatile long delayNanos;

  private final PortPair ports;
  private final Selector selector;
  private final Peer.Shared shared;
  private final ByteBuffer in = ByteBuffer.allocateDirect(MOST_BYTES);
  private final MidiList batch = new MidiList();
  private final SendQueue queue = new SendQueue();
  private final Peers peers;
  private volatile boolean open = true;

  SessionLoop(
      String name,
      PortPair ports,
      InetSocketAddress wanted,
      RtpMidiListener listener,
      RtpMidiCounters counters)
      throws IOException {
    this.ports = ports;
    SecureRandom random = new SecureRandom();
    selector = Selector.open();
    ports.control.register(selector, SelectionKey.OP_READ);
    ports.data.register(selector, SelectionKey.OP_READ);
    shared =
        new Peer.Shared(
            ports,
            ByteBuffer.allocateDirect(MOST_BYTES),
            new MidiList(),
            new Playout(listener, counters),
            counters,
            name,
            random.nextInt(),
            System.nanoTime());
    peers = new Peers(wanted, shared, random);
  }

  boolean send(int message, long dueNanos) {
    if (peers.names().isEmpty() || !open || !queue.offer(message, dueNanos)) {
      return false;
    }
    selector.wakeup();
    return true;
  }

  Peers peers() {
    return peers;
  }

  void end() {
    open = false;
    selector.wakeup();
  }

  @Override
  public void run() {
    try (ports;
        selector) {
      while (open) {
        rest(turn(), System.nanoTime());
      }
      finish();
    } catch (IOException | RuntimeException broken) {
      peers.fail(broken);
    }
  }

  /** Does all that is to be done; returns when it has to be looked at again. */
  private long turn() throws IOException {
    long now = System.nanoTime();
    // Before an end, what was sent before it.
    receive(ports.data, now);
    receive(ports.control, now);
    sendQueued(now);
    long next = queue.isEmpty() ? now + MOST_REST_NANOS : now;
    next = Math.min(next, peers.tend(now));
    return Math.min(next, shared.playout().play(System.nanoTime()));
  }

  private void finish() {
    long now = System.nanoTime();
    sendQueued(now);
    peers.end(now);
    shared.playout().play(Playout.NEVER - 1);
  }

  /** Sleeps until the next time or datagram; near the time in naps, since a selector is coarse. */
  private void rest(long until, long now) throws IOException {
    long left = until - now;
    if (left <= 0) {
      selector.selectNow();
    } else if (left > NEAR_NANOS) {
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left - NEAR_NANOS / 2)));
    } else if (selector.selectNow() == 0) {
      LockSupport.parkNanos(this, Math.min(left, NAP_NANOS));
    }
    selector.selectedKeys().clear();
  }

  private void sendQueued(long now) {
    for (int i = 0; i < PACKETS_A_TURN; i++) {
      queue.drainTo(batch);
      if (batch.size == 0) {
        return;
      }
      if (!peers.play(batch, now)) {
        shared.counters().dropped.add(batch.size);
      }
    }
  }

  private void receive(DatagramChannel way, long now) throws IOException {
    for (int i = 0; i < DATAGRAMS_A_TURN; i++) {
      in.clear();
      try {
        InetSocketAddress from = (InetSocketAddress) way.receive(in);
        if (from == null) {
          return;
        }
        in.flip();
        if (!peers.take(in, from, way == ports.data, delayNanos, now)) {
          shared.counters().refused.increment();
        }
      } catch (ClosedChannelException closed) {
        throw closed;
      } catch (IOException unreachable) {
        // The system tells that an earlier datagram did not arrive; silence says the same.
        return;
      } catch (RuntimeException unforeseen) {
        // Nothing that comes from outside ends a session.
        shared.counters().refused.increment();
      }
    }
  }
}
