package org.latentspace.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.latentspace.link.LinkPacket.Discovery;

/** Nodes, each with a clock of its own, and what carries their packets late, in simulated time. */
final class SimulatedNetwork {
  private record Delivery(long micros, Host to, LinkPacket packet, InetSocketAddress from) {}

  /** A node and its clock. */
  final class Host implements LinkNode.Network {
    private final long clockAhead;
    private final double partsPerMillion;
    private final InetSocketAddress address;
    private final LinkNode node;
    private long due;
    private boolean gone;
    private boolean deaf;

    private Host(LinkSettings settings, long clockAhead, double partsPerMillion) {
      this.clockAhead = clockAhead;
      this.partsPerMillion = partsPerMillion;
      address = new InetSocketAddress(loopback(), 1 + opened++);
      node = new LinkNode(settings, random::nextLong, this, hostMicros());
    }

    long hostMicros() {
      return now + clockAhead + Math.round(now * partsPerMillion / 1e6);
    }

    LinkNode node() {
      return node;
    }

    LinkState state() {
      return node.state();
    }

    double beat() {
      return state().beatAt(hostMicros());
    }

    /** Its cable is cut. */
    void vanish() {
      gone = true;
    }

    /** It hears nothing, and neither is heard. */
    void deaf(boolean now) {
      deaf = now;
    }

    void leave() {
      node.leave();
      gone = true;
    }

    @Override
    public void announce(Discovery discovery) {
      for (Host host : hosts) {
        send(discovery, host.address);
      }
    }

    @Override
    public void send(LinkPacket packet, InetSocketAddress to) {
      LinkPacket whole = packet;
      if (packet instanceof Discovery discovery && discovery.kind() != LinkPacket.BYEBYE) {
        whole = discovery.at(address.getAddress().getAddress(), address.getPort());
      }
      for (Host host : hosts) {
        if (host.address.equals(to) && !gone && !deaf && random.nextDouble() >= loss) {
          long late = 80 + random.nextInt(100) + (random.nextInt(10) == 0 ? 3000 : 0);
          underWay.add(new Delivery(now + late, host, whole, address));
        }
      }
    }
  }

  private final SplittableRandom random;
  private final double loss;
  private final List<Host> hosts = new ArrayList<>();
  private final PriorityQueue<Delivery> underWay =
      new PriorityQueue<>((a, b) -> Long.compare(a.micros, b.micros));
  private long now = 1_000_000;
  private int opened;

  /**
   * @param loss 0..1: how much of what is sent does not arrive
   */
  SimulatedNetwork(long seed, double loss) {
    random = new SplittableRandom(seed);
    this.loss = loss;
  }

  Host join(LinkSettings settings, long clockAhead) {
    return join(settings, clockAhead, 0);
  }

  /**
   * @param partsPerMillion so much faster its clock goes
   */
  Host join(LinkSettings settings, long clockAhead, double partsPerMillion) {
    Host host = new Host(settings, clockAhead, partsPerMillion);
    hosts.add(host);
    return host;
  }

  /** Lets so much time go by. */
  void run(double seconds) {
    long end = now + Math.round(seconds * 1e6);
    while (now < end) {
      hosts.removeIf(host -> host.gone);
      long next = end;
      for (Host host : hosts) {
        next = Math.min(next, host.due);
      }
      next = underWay.isEmpty() ? next : Math.min(next, underWay.peek().micros);
      now = Math.max(now, Math.min(next, end));
      while (!underWay.isEmpty() && underWay.peek().micros <= now) {
        Delivery delivery = underWay.poll();
        if (!delivery.to.gone && !delivery.to.deaf) {
          delivery.to.node.receive(delivery.packet, delivery.from, delivery.to.hostMicros());
        }
      }
      for (Host host : hosts) {
        host.due = now + Math.max(1, host.node.turn(host.hostMicros()) - host.hostMicros());
      }
    }
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
