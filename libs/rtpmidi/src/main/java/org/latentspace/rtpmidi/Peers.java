package org.latentspace.rtpmidi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The peers of a session, and to whom of them a datagram belongs. */
final class Peers {
  private static final long LOOK_UP_NANOS = 2_000_000_000;
  private static final long SAME_INVITATION_NANOS = 1_000_000_000;

  private final InetSocketAddress wanted;
  private final Peer.Shared shared;
  private final ControlPacket control = new ControlPacket();
  private final MidiList packet = new MidiList();
  private final List<Peer> peers = new ArrayList<>();
  private final SecureRandom random;
  private volatile List<String> names = List.of();
  private volatile String waiting;
  private volatile long changes;
  private long lookUpAt;
  private int told;
  private long changed;

  /**
   * @param wanted the one peer to invite; null where invitations are taken
   */
  Peers(InetSocketAddress wanted, Peer.Shared shared, SecureRandom random) {
    this.wanted = wanted;
    this.shared = shared;
    this.random = random;
    waiting = wanted == null ? "no peer has invited" : "inviting " + wantedName();
    lookUpAt = shared.startNanos();
  }

  private String wantedName() {
    return wanted.getHostString() + ":" + wanted.getPort();
  }

  /** "ok" while a peer is connected, or what is waited for. */
  String status() {
    return names.isEmpty() ? waiting : "ok";
  }

  /** Those of the connected ones. */
  List<String> names() {
    return names;
  }

  /** How often a peer has come or gone. */
  long changes() {
    return changes;
  }

  /** Does what is due; returns when something is next. */
  long tend(long now) {
    lookUp(now);
    long next = Playout.NEVER;
    for (int i = 0; i < peers.size(); i++) {
      next = Math.min(next, peers.get(i).tend(now));
    }
    removeEnded();
    tell();
    return next;
  }

  private void removeEnded() {
    for (int i = peers.size() - 1; i >= 0; i--) {
      if (peers.get(i).phase == Peer.Phase.ENDED) {
        peers.remove(i);
      }
    }
  }

  /** A host's address may change while it is away. */
  private void lookUp(long now) {
    boolean isAway = peers.isEmpty() || peers.get(0).phase == Peer.Phase.CONTROL;
    if (wanted == null || !isAway || now < lookUpAt) {
      return;
    }
    lookUpAt = now + LOOK_UP_NANOS;
    InetSocketAddress address =
        wanted.isUnresolved()
            ? new InetSocketAddress(wanted.getHostString(), wanted.getPort())
            : wanted;
    if (address.isUnresolved()) {
      waiting = "no such host: " + wanted.getHostString();
    } else if (peers.isEmpty() || !peers.get(0).control.equals(address)) {
      waiting = "inviting " + wantedName();
      peers.clear();
      peers.add(Peer.invited(shared, address, random.nextInt(), now));
    }
  }

  private void tell() {
    int connected = 1;
    for (int i = 0; i < peers.size(); i++) {
      connected = peers.get(i).isConnected() ? 31 * connected + peers.get(i).ssrc : connected;
    }
    if (connected != told) {
      told = connected;
      names = peers.stream().filter(Peer::isConnected).map(peer -> peer.name).toList();
      changes = ++changed;
    }
  }

  /** Sends messages to all that are connected; false where none is. */
  boolean play(MidiList batch, long now) {
    boolean sent = false;
    for (int i = 0; i < peers.size(); i++) {
      if (peers.get(i).isConnected()) {
        peers.get(i).play(batch, packet, now);
        sent = true;
      }
    }
    return sent;
  }

  /** Says the end to all. */
  void end(long now) {
    for (Peer peer : peers) {
      if (peer.isConnected()) {
        peer.answer(ControlPacket.END, false);
      }
      peer.ended(now);
    }
    names = List.of();
    waiting = "closed";
  }

  /** The session cannot go on. */
  void fail(Exception why) {
    names = List.of();
    waiting = "broken: " + why;
  }

  /** Takes a datagram; false where it is broken, or of nobody that is known. */
  boolean take(ByteBuffer in, InetSocketAddress from, boolean onData, long delayNanos, long now) {
    if (ControlPacket.isControl(in)) {
      return control.read(in) && take(control, from, onData, now);
    }
    Peer peer = onData ? find(Reception.ssrc(in), from) : null;
    return peer != null && peer.isConnected() && peer.take(in, delayNanos, now);
  }

  private boolean take(ControlPacket message, InetSocketAddress from, boolean onData, long now) {
    Peer peer = find(message.ssrc, from);
    switch (message.command) {
      case ControlPacket.INVITATION:
        return onData ? invitedOnData(peer, message, from, now) : invited(peer, message, from, now);
      case ControlPacket.ACCEPTED, ControlPacket.REJECTED:
        return answered(message, from, onData, now);
      default:
        if (peer != null) {
          peer.take(message, now);
        }
        return peer != null;
    }
  }

  private boolean answered(
      ControlPacket message, InetSocketAddress from, boolean onData, long now) {
    Peer peer = wanted == null || peers.isEmpty() ? null : peers.get(0);
    if (peer == null || peer.token != message.token || !isFrom(peer, from)) {
      return false;
    }
    if (message.command == ControlPacket.ACCEPTED) {
      waiting = "inviting " + wantedName();
      peer.accepted(message, onData, now);
    } else {
      waiting = "refused by " + wantedName();
      peer.rejected(now);
    }
    return true;
  }

  private static boolean isInvitationOf(Peer peer, ControlPacket message) {
    return peer != null && !peer.isInvited && peer.token == message.token;
  }

  private boolean invitedOnData(Peer peer, ControlPacket in, InetSocketAddress from, long now) {
    boolean isKnown = isInvitationOf(peer, in);
    if (isKnown) {
      peer.invitedOnData(from, now);
    }
    return isKnown;
  }

  /** Who comes anew from the same port, or by the same number, takes the place of the former. */
  private boolean invited(Peer known, ControlPacket in, InetSocketAddress from, long now) {
    if (isInvitationOf(known, in) && known.age(now) < SAME_INVITATION_NANOS) {
      known.answer(ControlPacket.ACCEPTED, false);
      return true;
    }
    for (Peer former : peers) {
      if (!former.isInvited && (former == known || former.control.equals(from))) {
        former.ended(now);
      }
    }
    removeEnded();
    Peer peer = Peer.inviting(shared, from, in, now);
    boolean isWelcome = wanted == null && peers.size() < RtpMidiSession.MOST_PEERS;
    if (isWelcome) {
      peers.add(peer);
    }
    peer.answer(isWelcome ? ControlPacket.ACCEPTED : ControlPacket.REJECTED, false);
    return isWelcome;
  }

  private Peer find(int ssrc, InetSocketAddress from) {
    for (int i = 0; i < peers.size(); i++) {
      if (peers.get(i).ssrc == ssrc && isFrom(peers.get(i), from)) {
        return peers.get(i);
      }
    }
    return null;
  }

  private static boolean isFrom(Peer peer, InetSocketAddress from) {
    return peer.control.getAddress().equals(from.getAddress());
  }
}
