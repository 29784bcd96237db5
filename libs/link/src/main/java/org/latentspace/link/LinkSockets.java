package org.latentspace.link;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.latentspace.link.LinkPacket.Discovery;

/**
 * The sockets of a node: one that hears the group, and one for each network interface that speaks,
 * is answered to and is measured at. Interfaces come and go. Belongs to one thread at a time.
 */
final class LinkSockets implements LinkNode.Network, AutoCloseable {
  static final String GROUP = "224.76.78.75";
  static final int PORT = 20808;
  private static final int MOST_A_TURN = 64;

  /** Takes each packet when it has come. */
  interface Listener {
    void receive(LinkPacket packet, InetSocketAddress from, long nowMicros);
  }

  private record Voice(DatagramChannel channel, InterfaceAddress address, int port) {
    /** Whether an address is reached through it directly. */
    boolean reaches(InetAddress peer) {
      int shift = 32 - address.getNetworkPrefixLength();
      int own = ByteBuffer.wrap(address.getAddress().getAddress()).getInt();
      int other = ByteBuffer.wrap(peer.getAddress()).getInt();
      return shift >= 32 || (own ^ other) >>> Math.max(0, shift) == 0;
    }
  }

  private final Predicate<NetworkInterface> wanted;
  private final InetSocketAddress everybody;
  private final Selector selector;
  private final DatagramChannel group;
  private final Map<InetAddress, Voice> voices = new LinkedHashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
  private final ByteBuffer out = ByteBuffer.allocateDirect(LinkPacket.MOST_BYTES);
  private long received;
  private long dropped;
  private long unsent;

  LinkSockets(Predicate<NetworkInterface> wanted) throws IOException {
    this.wanted = wanted;
    everybody = new InetSocketAddress(GROUP, PORT);
    selector = Selector.open();
    group = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      group.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      group.bind(new InetSocketAddress(PORT));
      group.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Takes up interfaces that have come, and lets go of those that have gone. */
  void rescan() throws IOException {
    Set<InetAddress> present = new HashSet<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp() && (each.supportsMulticast() || each.isLoopback()) && wanted.test(each)) {
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
          if (address.getAddress() instanceof Inet4Address) {
            present.add(address.getAddress());
            if (!voices.containsKey(address.getAddress())) {
              open(each, address);
            }
          }
        }
      }
    }
    for (Voice voice : Set.copyOf(voices.values())) {
      if (!present.contains(voice.address.getAddress())) {
        voices.remove(voice.address.getAddress());
        voice.channel.close();
      }
    }
  }

  private void open(NetworkInterface at, InterfaceAddress address) {
    DatagramChannel channel = null;
    try {
      channel = DatagramChannel.open(StandardProtocolFamily.INET);
      channel.bind(new InetSocketAddress(address.getAddress(), 0));
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, at);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      group.join(everybody.getAddress(), at);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      voices.put(address.getAddress(), new Voice(channel, address, port));
    } catch (IOException | IllegalStateException e) {
      unsent++;
      closeQuietly(channel);
    }
  }

  /** Waits for packets until then at most, and hands them over. */
  void listen(long untilMicros, Listener listener) throws IOException {
    long wait = (untilMicros - LinkSession.hostMicros() + 999) / 1000;
    if (wait > 0) {
      selector.select(wait);
    } else {
      selector.selectNow();
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid()) {
        empty((DatagramChannel) key.channel(), listener);
      }
    }
    selector.selectedKeys().clear();
  }

  private void empty(DatagramChannel channel, Listener listener) throws IOException {
    for (int i = 0; i < MOST_A_TURN; i++) {
      in.clear();
      InetSocketAddress from = (InetSocketAddress) channel.receive(in);
      if (from == null) {
        return;
      }
      long now = LinkSession.hostMicros();
      received++;
      LinkPacket packet = LinkPacket.read(in.flip());
      if (packet == null) {
        dropped++;
      } else {
        listener.receive(packet, from, now);
      }
    }
  }

  @Override
  public void announce(Discovery discovery) {
    for (Voice voice : voices.values()) {
      send(discovery, everybody, voice);
    }
  }

  @Override
  public void send(LinkPacket packet, InetSocketAddress to) {
    Voice through = null;
    for (Voice voice : voices.values()) {
      if (through == null || voice.reaches(to.getAddress())) {
        through = voice;
      }
    }
    if (through != null) {
      send(packet, to, through);
    }
  }

  private void send(LinkPacket packet, InetSocketAddress to, Voice through) {
    LinkPacket whole = packet;
    if (packet instanceof Discovery discovery && discovery.kind() != LinkPacket.BYEBYE) {
      whole = discovery.at(through.address.getAddress().getAddress(), through.port);
    }
    out.clear();
    LinkPacket.write(whole, out);
    try {
      unsent += through.channel.send(out.flip(), to) == 0 ? 1 : 0;
    } catch (IOException | RuntimeException e) {
      unsent++;
    }
  }

  /** Ends a {@link #listen} that waits; any thread may say so. */
  void wake() {
    selector.wakeup();
  }

  int interfaces() {
    return voices.size();
  }

  /** Datagrams that came, good or bad. */
  long received() {
    return received;
  }

  /** Datagrams that were none of the protocol. */
  long dropped() {
    return dropped;
  }

  /** Datagrams that could not leave, and interfaces that could not be opened. */
  long unsent() {
    return unsent;
  }

  @Override
  public void close() {
    voices.values().forEach(voice -> closeQuietly(voice.channel));
    voices.clear();
    closeQuietly(group);
    closeQuietly(selector);
  }

  private static void closeQuietly(AutoCloseable it) {
    try {
      if (it != null) {
        it.close();
      }
    } catch (Exception alreadyGone) {
      // Nothing is left to be closed.
    }
  }
}
