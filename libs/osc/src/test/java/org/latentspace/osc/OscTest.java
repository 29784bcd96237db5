package org.latentspace.osc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscTest {
  private static final OscMessage EVERY_TYPE =
      new OscMessage(
          "/a/b",
          Arrays.asList(
              -7,
              1.5f,
              "pose é",
              ByteString.copyFromUtf8("12345"),
              1L << 40,
              -2.25,
              true,
              false,
              null,
              "",
              ByteString.EMPTY));

  /** The two examples of the specification, byte by byte. */
  @Test
  void writesTheExamplesOfTheSpecification() {
    assertArrayEquals(
        bytes("2f6f7363 696c6c61 746f722f 342f6672 65717565 6e637900 2c660000 43dc0000"),
        written(OscMessage.of("/oscillator/4/frequency", 440)));
    byte[] foo =
        bytes(
            "2f666f6f 00000000 2c696973 66660000 000003e8 ffffffff 68656c6c 6f000000"
                + " 3f9df3b6 40b5b22d");
    OscMessage message = new OscMessage("/foo", List.of(1000, -1, "hello", 1.234f, 5.678f));
    assertArrayEquals(foo, written(message));
    assertEquals(List.of(message), Osc.read(ByteBuffer.wrap(foo)));
  }

  @Test
  void readsBackEveryTypeThatItWrites() {
    byte[] bytes = written(EVERY_TYPE);
    assertEquals(0, bytes.length % 4);
    assertEquals(List.of(EVERY_TYPE), Osc.read(ByteBuffer.wrap(bytes)));
    List<OscMessage> two = List.of(EVERY_TYPE, OscMessage.of("/x", 1, 2, 3));
    ByteBuffer bundle = ByteBuffer.wrap(bundled(written(two.get(0)), written(two.get(1))));
    assertEquals(two, Osc.read(bundle));
    assertEquals(0, bundle.remaining());
  }

  @Test
  void bundlesInBundlesAreTakenInOrderUpToEightDeep() {
    byte[] packet = written(OscMessage.of("/deep", 1));
    for (int depth = 1; depth <= Osc.MOST_DEPTH; depth++) {
      packet = bundled(packet, written(OscMessage.of("/at", depth)));
    }
    List<OscMessage> messages = Osc.read(ByteBuffer.wrap(packet));
    assertEquals(Osc.MOST_DEPTH + 1, messages.size());
    assertEquals("/deep", messages.get(0).address());
    assertEquals(List.of(8f), messages.get(8).arguments());
    byte[] deeper = bundled(packet);
    assertThrows(IllegalArgumentException.class, () -> Osc.read(ByteBuffer.wrap(deeper)));
    assertEquals(List.of(), Osc.read(ByteBuffer.wrap(bundled())));
  }

  @Test
  void anAddressWithoutTypesIsAMessageWithoutArguments() {
    byte[] bare = "/go\0".getBytes(StandardCharsets.US_ASCII);
    assertEquals(List.of(new OscMessage("/go", List.of())), Osc.read(ByteBuffer.wrap(bare)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', an empty packet",
    "2f610000 66000000 3f800000, has no types",
    "2f610000 2c660000, ends too early",
    "2f610000 2c660000 3f80, ends too early",
    "2f610000 2c660000 3f800000 00000000, 4 bytes behind",
    "2f610000 2c780000 3f800000, type 'x' unknown",
    "2f610000 2c730000 61616161, a string without an end",
    "2f610000 2c620000 7fffffff, a blob of 2147483647 bytes",
    "2f610000 2c620000 ffffffff, a blob of -1 bytes",
    "61626300 2c000000, no OSC address",
    "2f610100 2c000000, no OSC address",
    "2f616263, a string without an end",
    "2362756e 646c6500, ends too early",
    "2362756e 646c6500 00000000 00000001 000000ff, an element of 255 bytes",
    "2362756e 646c6500 00000000 00000001 80000000, an element of -2147483648 bytes",
    "2362756e 646c6500 00000000 00000001 00000000, an empty packet",
    "2362756e 646c6600 00000000 00000001, is no bundle"
  })
  void refusesWhatIsNoOscWithOneLine(String hex, String saying) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Osc.read(ByteBuffer.wrap(bytes(hex))));
    assertTrue(refusal.getMessage().contains(saying), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @Test
  void refusesToWriteWhatNobodyCouldRead() {
    for (OscMessage bad :
        List.of(
            OscMessage.of("no/slash"),
            OscMessage.of("/a b"),
            new OscMessage("/a", List.of("nul\0")),
            new OscMessage("/a", List.of(List.of())),
            new OscMessage("/a", Collections.nCopies(1025, 1)),
            new OscMessage("/a", List.of("long".repeat(20_000))))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Osc.write(bad, ByteBuffer.allocate(Osc.MOST_BYTES)));
    }
  }

  @Test
  void numbersAreTakenFromEveryTypeThatHasThemAndMustBeFinite() {
    assertArrayEquals(
        new float[] {1, 2.5f, 3, 4, 1, 0},
        new OscMessage("/a", List.of(1, 2.5f, 3L, 4.0, true, false)).numbers());
    for (Object bad : Arrays.asList("1", null, Float.NaN, 1e300, Double.NEGATIVE_INFINITY)) {
      OscMessage message = new OscMessage("/a", Collections.singletonList(bad));
      assertThrows(IllegalArgumentException.class, message::numbers);
    }
  }

  @Test
  void fiftyThousandDamagedDatagramsAreReadOrRefusedAndNothingElse() {
    Random random = new Random(4);
    byte[] good = bundled(written(EVERY_TYPE), bundled(written(OscMessage.of("/x", 1, 2))));
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = damaged(good, random);
      try {
        for (OscMessage message : Osc.read(ByteBuffer.wrap(bytes))) {
          assertTrue(Osc.isAddress(message.address()));
        }
        read++;
      } catch (IllegalArgumentException refusal) {
        assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
      }
    }
    assertTrue(read > 1000 && read < 49_000, "read " + read);
  }

  private static byte[] damaged(byte[] good, Random random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = (byte) (random.nextBoolean() ? '/' : '#');
      }
      return noise;
    }
    boolean cut = random.nextInt(3) == 0;
    byte[] bytes = Arrays.copyOf(good, cut ? random.nextInt(good.length) : good.length);
    for (int hits = random.nextInt(4); hits > 0 && bytes.length > 0; hits--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] bundled(byte[]... packets) {
    ByteBuffer bundle = ByteBuffer.allocate(4096);
    bundle.put("#bundle\0".getBytes(StandardCharsets.US_ASCII)).putLong(1);
    for (byte[] packet : packets) {
      bundle.putInt(packet.length).put(packet);
    }
    return Arrays.copyOf(bundle.array(), bundle.position());
  }

  private static byte[] written(OscMessage message) {
    ByteBuffer into = ByteBuffer.allocate(1024);
    Osc.write(message, into);
    return Arrays.copyOf(into.array(), into.position());
  }

  private static byte[] bytes(String hex) {
    String digits = hex.replace(" ", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }
}
