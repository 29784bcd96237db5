package org.latentspace.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A datagram of the protocol, to and from bytes. Numbers are big-endian.
 *
 * <pre>
 *   discovery    "_asdp_v" 1 | kind, ttl s: 1 byte each | group: 2 | node: 8 | entries
 *   measurement  "_link_v" 1 | kind: 1 byte | entries
 *   entry        key: 4 letters | size: 4 bytes | value
 * </pre>
 *
 * Entries with an unknown key are skipped.
 */
sealed interface LinkPacket {
  /** What a datagram holds at most. */
  int MOST_BYTES = 512;

  byte ALIVE = 1;
  byte RESPONSE = 2;
  byte BYEBYE = 3;

  /**
   * A node tells of itself.
   *
   * @param kind ALIVE, RESPONSE or BYEBYE; a BYEBYE has neither timeline nor session
   * @param ttlSeconds it is gone when it has said nothing for so long; 0..255
   * @param timeline null = not said
   * @param session the node that founded it
   * @param startStop null = not said
   * @param address where it may be measured, IPv4, or null
   */
  record Discovery(
      byte kind,
      int ttlSeconds,
      long node,
      Timeline timeline,
      long session,
      StartStop startStop,
      byte[] address,
      int port)
      implements LinkPacket {

    Discovery at(byte[] ownAddress, int ownPort) {
      return new Discovery(
          kind, ttlSeconds, node, timeline, session, startStop, ownAddress, ownPort);
    }
  }

  /**
   * Asks for the ghost time.
   *
   * @param hostTime the asker's clock, in microseconds
   * @param previousGhost the last answer's ghost time; 0 = none yet
   */
  record Ping(long hostTime, long previousGhost) implements LinkPacket {}

  /** Answers a ping, which it repeats. */
  record Pong(long session, long ghostTime, long hostTime, long previousGhost)
      implements LinkPacket {}

  /** Writes it behind the position of a buffer with room for {@link #MOST_BYTES}. */
  static void write(LinkPacket packet, ByteBuffer into) {
    if (packet instanceof Discovery discovery) {
      write(discovery, into);
    } else if (packet instanceof Ping ping) {
      into.putLong(Key.MEASUREMENT).put((byte) 1);
      writeTimes(ping.hostTime, ping.previousGhost, into);
    } else if (packet instanceof Pong pong) {
      into.putLong(Key.MEASUREMENT).put((byte) 2);
      entry(Key.SESSION, 8, into).putLong(pong.session);
      entry(Key.GHOST_TIME, 8, into).putLong(pong.ghostTime);
      writeTimes(pong.hostTime, pong.previousGhost, into);
    }
  }

  private static void write(Discovery it, ByteBuffer into) {
    into.putLong(Key.DISCOVERY).put(it.kind).put((byte) it.ttlSeconds);
    into.putShort((short) 0).putLong(it.node);
    if (it.timeline != null) {
      entry(Key.TIMELINE, 24, into).putLong(it.timeline.microsPerBeat());
      into.putLong(it.timeline.beatOrigin()).putLong(it.timeline.timeOrigin());
      entry(Key.SESSION, 8, into).putLong(it.session);
    }
    if (it.startStop != null) {
      entry(Key.START_STOP, 17, into).put((byte) (it.startStop.playing() ? 1 : 0));
      into.putLong(it.startStop.beat()).putLong(it.startStop.saidAt());
    }
    if (it.address != null) {
      entry(Key.ENDPOINT, 6, into).put(it.address).putShort((short) it.port);
    }
  }

  private static void writeTimes(long hostTime, long previousGhost, ByteBuffer into) {
    entry(Key.HOST_TIME, 8, into).putLong(hostTime);
    if (previousGhost != 0) {
      entry(Key.PREVIOUS_GHOST, 8, into).putLong(previousGhost);
    }
  }

  private static ByteBuffer entry(int key, int size, ByteBuffer into) {
    return into.putInt(key).putInt(size);
  }

  /** The packet from position to limit; null = none of this protocol, or a bad one. */
  static LinkPacket read(ByteBuffer from) {
    if (from.remaining() < 9 || from.remaining() > MOST_BYTES) {
      return null;
    }
    long header = from.getLong();
    byte kind = from.get();
    Entries entries = new Entries();
    if (header == Key.DISCOVERY && kind >= ALIVE && kind <= BYEBYE && from.remaining() >= 11) {
      int ttl = Byte.toUnsignedInt(from.get());
      short group = from.getShort();
      long node = from.getLong();
      return group == 0 && entries.read(from) ? entries.discovery(kind, ttl, node) : null;
    }
    if (header == Key.MEASUREMENT && (kind == 1 || kind == 2) && entries.read(from)) {
      return kind == 1 ? entries.ping() : entries.pong();
    }
    return null;
  }

  /** Names of datagrams and entries, as the numbers that their letters are. */
  final class Key {
    static final long DISCOVERY = number("_asdp_v\u0001");
    static final long MEASUREMENT = number("_link_v\u0001");
    static final int TIMELINE = (int) number("tmln");
    static final int SESSION = (int) number("sess");
    static final int START_STOP = (int) number("stst");
    static final int ENDPOINT = (int) number("mep4");
    static final int HOST_TIME = (int) number("__ht");
    static final int GHOST_TIME = (int) number("__gt");
    static final int PREVIOUS_GHOST = (int) number("_pgt");

    private Key() {}

    private static long number(String letters) {
      long number = 0;
      for (byte letter : letters.getBytes(StandardCharsets.US_ASCII)) {
        number = number << 8 | letter;
      }
      return number;
    }
  }

  /** The entries of one datagram. */
  final class Entries {
    private Timeline timeline;
    private StartStop startStop;
    private Long session;
    private Long hostTime;
    private Long ghostTime;
    private long previousGhost;
    private byte[] address;
    private int port;

    private boolean read(ByteBuffer from) {
      while (from.remaining() >= 8) {
        int key = from.getInt();
        int size = from.getInt();
        if (size < 0 || size > from.remaining()) {
          return false;
        }
        int end = from.position() + size;
        if (!value(key, size, from)) {
          return false;
        }
        from.position(end);
      }
      return !from.hasRemaining();
    }

    private boolean value(int key, int size, ByteBuffer from) {
      if (key == Key.TIMELINE && size == 24) {
        timeline = new Timeline(from.getLong(), from.getLong(), from.getLong());
        return timeline.isSound();
      } else if (key == Key.START_STOP && size == 17) {
        startStop = new StartStop(from.get() != 0, from.getLong(), from.getLong());
        return Timeline.isSound(startStop.beat()) && Timeline.isSound(startStop.saidAt());
      } else if (key == Key.ENDPOINT && size == 6) {
        address = new byte[4];
        port = Short.toUnsignedInt(from.get(address).getShort());
        return port != 0;
      } else if (size == 8 && key == Key.SESSION) {
        session = from.getLong();
      } else if (size == 8 && key == Key.HOST_TIME) {
        hostTime = from.getLong();
      } else if (size == 8 && key == Key.GHOST_TIME) {
        ghostTime = from.getLong();
      } else if (size == 8 && key == Key.PREVIOUS_GHOST) {
        previousGhost = from.getLong();
      } else {
        return key != Key.TIMELINE && key != Key.SESSION && key != Key.START_STOP;
      }
      return true;
    }

    private Discovery discovery(byte kind, int ttlSeconds, long node) {
      if (kind == BYEBYE) {
        return new Discovery(kind, 0, node, null, 0, null, null, 0);
      }
      return timeline == null || session == null
          ? null
          : new Discovery(kind, ttlSeconds, node, timeline, session, startStop, address, port);
    }

    private Ping ping() {
      return hostTime == null ? null : new Ping(hostTime, previousGhost);
    }

    private Pong pong() {
      return hostTime == null
              || session == null
              || ghostTime == null
              || !Timeline.isSound(ghostTime)
          ? null
          : new Pong(session, ghostTime, hostTime, previousGhost);
    }
  }
}
