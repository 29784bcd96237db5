package org.latentspace.rtpmidi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A session of RTP-MIDI: two UDP ports, one thread, and the peers that are played with.
 *
 * <p>It invites one peer for as long as it is open, or takes the invitations of up to eight. What
 * is sent goes to all that are connected; what they play goes to the listener. See the package for
 * the whole.
 */
public final class RtpMidiSession implements AutoCloseable {
  /** Most peers of a session that takes invitations. */
  public static final int MOST_PEERS = 8;

  private static final long END_MILLIS = 1000;
  private static final InetSocketAddress ANY = new InetSocketAddress(0);

  private final SessionLoop loop;
  private final RtpMidiCounters counters;
  private final int port;
  private final Thread thread;

  private RtpMidiSession(
      String name, InetSocketAddress local, InetSocketAddress peer, RtpMidiListener listener)
      throws IOException {
    counters = new RtpMidiCounters();
    PortPair ports = PortPair.open(local);
    port = ports.port();
    loop = new SessionLoop(name, ports, peer, listener, counters);
    thread = new Thread(loop, "rtpmidi-" + name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  /**
   * Opens a session that invites one peer until it comes, and again whenever it has gone.
   *
   * @param name what the peer shows; 63 bytes of it are told
   * @param peer host and control port; a host that is not resolved is looked up at each invitation
   * @param listener gets what the peer plays
   * @throws IOException no two ports are free
   */
  public static RtpMidiSession invite(String name, InetSocketAddress peer, RtpMidiListener listener)
      throws IOException {
    return new RtpMidiSession(name, ANY, peer, listener);
  }

  /**
   * Opens a session that takes invitations.
   *
   * @param name what peers show; 63 bytes of it are told
   * @param local address and control port, which is even; the next port is taken too; port 0 for
   *     any two that are free
   * @param listener gets what all peers play
   * @throws IOException a port is taken, or the address is none of this machine's
   */
  public static RtpMidiSession listen(
      String name, InetSocketAddress local, RtpMidiListener listener) throws IOException {
    return new RtpMidiSession(name, local, null, listener);
  }

  /**
   * Leaves a message to be sent at once; never blocks.
   *
   * @param message status, first and second data byte: {@code 0xSSDDDD}; no system exclusive
   * @param dueNanos when it shall sound, by {@link System#nanoTime}: now, or up to a second ahead;
   *     for each note in the order of the calls
   * @return false, and counted as dropped, where no peer is connected, the queue is full, or it is
   *     no message
   */
  public boolean send(int message, long dueNanos) {
    boolean taken = MidiMessage.isValid(message) && loop.send(message, dueNanos);
    if (!taken) {
      counters.dropped.increment();
    }
    return taken;
  }

  /**
   * Plays what comes so much later, 0 (as at the start) to 1 s: for peers that do not send ahead.
   */
  public void delay(long nanos) {
    loop.delayNanos = Math.max(0, Math.min(TimeUnit.SECONDS.toNanos(1), nanos));
  }

  /** "ok" while a peer is connected, or what is waited for. */
  public String status() {
    return loop.peers().status();
  }

  /** Names of the connected peers, as they told them. */
  public List<String> peers() {
    return loop.peers().names();
  }

  /** How often a peer has come or gone. */
  public long changes() {
    return loop.peers().changes();
  }

  public RtpMidiCounters counters() {
    return counters;
  }

  /** The control port; the data port is the next one. */
  public int port() {
    return port;
  }

  /** Sends what is queued, says the end to the peers and closes the ports; waits up to a second. */
  @Override
  public void close() {
    loop.end();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
