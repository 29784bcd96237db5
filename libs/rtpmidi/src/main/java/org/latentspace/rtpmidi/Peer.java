package org.latentspace.rtpmidi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * One peer of a session: how far the invitation is, both clocks, what was sent and what came.
 *
 * <pre>
 *   we invite    CONTROL ──OK──▶ DATA ──OK──▶ CONNECTED ──silent, BY──▶ CONTROL, for ever
 *   it invites                   DATA ──IN──▶ CONNECTED ──silent, BY──▶ ENDED
 * </pre>
 *
 * <p>A clock exchange every half second shows that the peer is there; unanswered, it is repeated
 * until the peer counts as gone. An inviting peer that has answered no question of ours may be
 * silent for half a minute.
 */
final class Peer {
  enum Phase {
    CONTROL,
    DATA,
    CONNECTED,
    ENDED
  }

  static final long INVITE_NANOS = 400_000_000;
  static final long SILENT_NANOS = 1_100_000_000;
  private static final long MOST_SILENT_NANOS = 30_000_000_000L;
  private static final long STEP_NANOS = 2_000_000_000L;
  private static final long ASK_NANOS = 500_000_000;
  private static final long ASK_AGAIN_NANOS = 100_000_000;
  private static final long FEEDBACK_NANOS = 100_000_000;

  /** What all peers of a session share; {@code out} is where each packet is made. */
  record Shared(
      PortPair ports,
      ByteBuffer out,
      MidiList heard,
      Playout playout,
      RtpMidiCounters counters,
      String name,
      int ssrc,
      long startNanos) {}

  final boolean isInvited;
  final int token;
  final InetSocketAddress control;
  InetSocketAddress data;
  int ssrc;
  String name = "";
  Phase phase;

  private final Shared shared;
  private PeerClock clock;
  private HeardNotes notes;
  private Reception reception;
  private Transmission transmission;
  private long heardAt;
  private long phaseAt;
  private long inviteAt;
  private long askAt;
  private long feedbackAt = Playout.NEVER;
  private boolean answers;

  private Peer(Shared shared, boolean isInvited, InetSocketAddress control, int token, long now) {
    this.shared = shared;
    this.isInvited = isInvited;
    this.control = control;
    this.token = token;
    data = new InetSocketAddress(control.getAddress(), Math.min(0xffff, control.getPort() + 1));
    begin(isInvited ? Phase.CONTROL : Phase.DATA, now);
  }

  /** A peer that we invite; its name must be resolved. */
  static Peer invited(Shared shared, InetSocketAddress control, int token, long now) {
    return new Peer(shared, true, control, token, now);
  }

  /** A peer that invites us. */
  static Peer inviting(Shared shared, InetSocketAddress control, ControlPacket in, long now) {
    Peer peer = new Peer(shared, false, control, in.token, now);
    peer.ssrc = in.ssrc;
    peer.name = in.name;
    return peer;
  }

  /** Begins anew: what was sent and heard before is over. */
  void begin(Phase first, long now) {
    if (notes != null) {
      notes.endAll(now);
    }
    clock = new PeerClock(shared.startNanos);
    notes = new HeardNotes(shared.playout, shared.counters, now);
    reception = new Reception(clock, shared.heard, notes, shared.counters);
    long number = transmission == null ? token & 0xffff : transmission.next();
    transmission = new Transmission(clock, shared.ssrc, number);
    feedbackAt = Playout.NEVER;
    answers = isInvited;
    inviteAt = now;
    enter(first, now);
  }

  private void enter(Phase now, long at) {
    phase = now;
    phaseAt = at;
    heardAt = at;
    askAt = at;
  }

  /** Since when it stands as it does. */
  long age(long now) {
    return now - phaseAt;
  }

  boolean isConnected() {
    return phase == Phase.CONNECTED;
  }

  /** Does what is due; returns when something is next. */
  long tend(long now) {
    if (phase == Phase.CONNECTED) {
      tendConnection(now);
    } else if (isInvited) {
      tendInvitation(now);
    } else if (now - phaseAt > STEP_NANOS) {
      end(now);
    }
    if (phase != Phase.CONNECTED) {
      return isInvited ? inviteAt : phaseAt + STEP_NANOS + 1;
    }
    return Math.min(askAt, Math.min(feedbackAt, transmission.repeatAt()));
  }

  private void tendInvitation(long now) {
    if (phase == Phase.DATA && now - phaseAt > STEP_NANOS) {
      begin(Phase.CONTROL, now);
    }
    if (now >= inviteAt) {
      invite(now);
    }
  }

  private void invite(long now) {
    inviteAt = now + INVITE_NANOS;
    answer(ControlPacket.INVITATION, phase == Phase.DATA);
  }

  private void tendConnection(long now) {
    if (now - heardAt > (answers ? SILENT_NANOS : MOST_SILENT_NANOS)) {
      end(now);
      return;
    }
    if (now >= askAt) {
      askAt = now + (answers ? ASK_AGAIN_NANOS : ASK_NANOS);
      ask(0, clock.units(now));
    }
    if (now >= feedbackAt) {
      feedbackAt = Playout.NEVER;
      ControlPacket.writeFeedback(shared.out.clear(), shared.ssrc, reception.confirm());
      send(shared.ports.control, control);
    }
    if (now >= transmission.repeatAt()) {
      transmission.repeat(shared.heard, shared.out.clear(), now);
      send(shared.ports.data, data);
    }
  }

  private void end(long now) {
    begin(isInvited ? Phase.CONTROL : Phase.ENDED, now);
  }

  /** The peer said that it ends. */
  void ended(long now) {
    end(now);
    inviteAt = now + INVITE_NANOS;
  }

  /** The peer does not want us; it is asked again a little later. */
  void rejected(long now) {
    begin(Phase.CONTROL, now);
    inviteAt = now + 3 * INVITE_NANOS;
  }

  /** Sends an invitation, an answer to one, or the end. */
  void answer(int command, boolean onData) {
    ControlPacket.writeSession(shared.out.clear(), command, token, shared.ssrc, shared.name);
    if (onData) {
      send(shared.ports.data, data);
    } else {
      send(shared.ports.control, control);
    }
  }

  /** Our invitation was accepted. */
  void accepted(ControlPacket in, boolean onData, long now) {
    if (phase == Phase.CONTROL && !onData) {
      ssrc = in.ssrc;
      name = in.name;
      enter(Phase.DATA, now);
      invite(now);
    } else if (phase == Phase.DATA && onData && in.ssrc == ssrc) {
      enter(Phase.CONNECTED, now);
    }
  }

  /** It invites on the data port. */
  void invitedOnData(InetSocketAddress from, long now) {
    data = from;
    answer(ControlPacket.ACCEPTED, true);
    if (phase == Phase.DATA) {
      enter(Phase.CONNECTED, now);
      askAt = now + ASK_AGAIN_NANOS;
    }
  }

  private void synchronise(ControlPacket in, long now) {
    if (!isConnected()) {
      return;
    }
    heardAt = now;
    long[] t = in.times;
    switch (in.count) {
      case 0:
        ask(1, t[0], clock.units(now));
        if (answers && !isInvited) {
          // It asks by itself: no need to ask as well while it does.
          askAt = now + ASK_NANOS + ASK_AGAIN_NANOS;
        }
        break;
      case 1:
        if (clock.answered(t[0], t[1], now)) {
          ask(2, t[0], t[1], clock.units(now));
          answers = true;
          askAt = now + ASK_NANOS;
        }
        break;
      default:
        clock.confirmed(t[0], t[1], t[2], now);
    }
  }

  private void ask(int count, long... times) {
    ControlPacket.writeSynchronisation(shared.out.clear(), shared.ssrc, count, times);
    send(shared.ports.data, data);
  }

  /** An end, a part of a clock exchange or a feedback. */
  void take(ControlPacket in, long now) {
    switch (in.command) {
      case ControlPacket.END:
        ended(now);
        break;
      case ControlPacket.SYNCHRONISATION:
        synchronise(in, now);
        break;
      default:
        heardAt = now;
        transmission.confirmed(in.sequence);
    }
  }

  /** A packet of MIDI; false where it is broken. */
  boolean take(ByteBuffer datagram, long delayNanos, long now) {
    boolean isPacket = reception.take(datagram, delayNanos, now);
    if (isPacket) {
      heardAt = now;
      if (reception.isUnconfirmed() && feedbackAt == Playout.NEVER) {
        feedbackAt = now + FEEDBACK_NANOS;
      }
    }
    return isPacket;
  }

  /**
   * Sends messages.
   *
   * @param batch their times are due times in nanoseconds that never fall
   * @param packet is written over
   */
  void play(MidiList batch, MidiList packet, long now) {
    transmission.write(batch, packet, shared.out.clear(), now);
    send(shared.ports.data, data);
    shared.counters.sent.add(batch.size);
  }

  private void send(DatagramChannel way, InetSocketAddress to) {
    shared.ports.send(way, shared.out, to);
  }
}
