package org.latentspace.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.link.LinkPacket.Discovery;
import org.latentspace.link.LinkPacket.Ping;
import org.latentspace.link.LinkPacket.Pong;

class LinkPacketTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String ALIVE =
      "5f617364705f7601" // _asdp_v 1
          + "01050000" // alive, 5 s, group 0
          + "0102030405060708"
          + "746d6c6e00000018" // tmln
          + "000000000007a120"
          + "00000000000f4240"
          + "00000000001e8480"
          + "7365737300000008" // sess
          + "0807060504030201"
          + "7374737400000011" // stst
          + "010000000000000007fffffffffffffffe"
          + "6d65703400000006" // mep4
          + "7f000001abcd";
  private static final Discovery DISCOVERY =
      new Discovery(
          LinkPacket.ALIVE,
          5,
          0x0102030405060708L,
          new Timeline(500_000, 1_000_000, 2_000_000),
          0x0807060504030201L,
          new StartStop(true, 7, -2),
          new byte[] {127, 0, 0, 1},
          0xabcd);

  @Test
  void anAliveMessageHasTheBytesOfTheProtocol() {
    assertEquals(ALIVE, HEX.formatHex(bytes(DISCOVERY)));
    Discovery back = (Discovery) LinkPacket.read(ByteBuffer.wrap(HEX.parseHex(ALIVE)));
    assertEquals(DISCOVERY.timeline(), back.timeline());
    assertEquals(DISCOVERY.startStop(), back.startStop());
    assertEquals(DISCOVERY.session(), back.session());
    assertEquals(DISCOVERY.port(), back.port());
    assertArrayEquals(DISCOVERY.address(), back.address());
  }

  @Test
  void pingAndPongComeBackAsTheyWere() {
    for (LinkPacket packet :
        new LinkPacket[] {
          new Ping(1234, 0), new Ping(1234, -5), new Pong(-7, 99, 1234, 0), new Pong(7, 99, 1, 98)
        }) {
      assertEquals(packet, LinkPacket.read(ByteBuffer.wrap(bytes(packet))));
    }
    assertEquals(
        "5f6c696e6b5f7601" + "01" + "5f5f687400000008" + "00000000000004d2",
        HEX.formatHex(bytes(new Ping(1234, 0))));
  }

  @Test
  void unknownEntriesAreSkippedAndByebyeHasNone() {
    byte[] longer = HEX.parseHex(ALIVE + "6d65703600000002" + "ffff");
    assertTrue(LinkPacket.read(ByteBuffer.wrap(longer)) instanceof Discovery);
    byte[] byebye = HEX.parseHex("5f617364705f7601" + "03000000" + "0102030405060708");
    assertEquals(
        new Discovery(LinkPacket.BYEBYE, 0, 0x0102030405060708L, null, 0, null, null, 0),
        LinkPacket.read(ByteBuffer.wrap(byebye)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5f617364705f7601",
        "5f617364705f760101050000", // no node
        "5f617364705f7602010500000102030405060708", // version 2
        "5f617364705f7601010500010102030405060708", // group 1
        "5f617364705f7601010500000102030405060708", // no session
        "5f617364705f7601010500000102030405060708746d6c6e7fffffff", // an entry of 2 GB
        "5f617364705f7601010500000102030405060708746d6c6effffffff",
        "5f6c696e6b5f760101", // no host time
        "5f6c696e6b5f7601035f5f6874000000080000000000000000" // neither ping nor pong
      })
  void whatIsNoneOfTheProtocolIsNull(String hex) {
    assertNull(LinkPacket.read(ByteBuffer.wrap(HEX.parseHex(hex))));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 60_059, 3_000_001, Long.MIN_VALUE, Long.MAX_VALUE})
  void aTempoOutOfRangeIsRefused(long microsPerBeat) {
    ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(ALIVE)).putLong(28, microsPerBeat);
    assertNull(LinkPacket.read(bytes));
  }

  /** Whatever comes, reading ends; what is read has sound numbers. */
  @Test
  void aMillionHostilePacketsThrowNothing() {
    SplittableRandom random = new SplittableRandom(7);
    byte[][] good = {
      HEX.parseHex(ALIVE), bytes(new Ping(5, 6)), bytes(new Pong(1, 2, 3, 4)),
    };
    int read = 0;
    for (int i = 0; i < 1_000_000; i++) {
      byte[] from = good[random.nextInt(good.length)];
      byte[] bytes = Arrays.copyOf(from, random.nextInt(from.length + 20));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      LinkPacket packet = LinkPacket.read(ByteBuffer.wrap(bytes));
      if (packet instanceof Discovery it && it.kind() != LinkPacket.BYEBYE) {
        assertTrue(it.timeline().isSound());
      }
      read += packet == null ? 0 : 1;
    }
    assertTrue(read > 10_000, "read " + read);
  }

  private static byte[] bytes(LinkPacket packet) {
    ByteBuffer into = ByteBuffer.allocate(LinkPacket.MOST_BYTES);
    LinkPacket.write(packet, into);
    byte[] bytes = new byte[into.position()];
    into.flip().get(bytes);
    return bytes;
  }
}
