package org.latentspace.rtpmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets by their bytes, in the layouts of RFC 6295 and of AppleMIDI. */
class PacketsTest {
  private static final long NOW = 5_000_000_000L;

  private final MidiList list = new MidiList();

  @ParameterizedTest
  @CsvSource({
    // header, then what: messages as 0xSSDDDD @ time
    "03 90 3c 40,                             903c40@0",
    "07 90 3c 40 00 3e 41 7f,                 903c40@0 903e41@0",
    "28 05 90 3c 40 81 48 3c 00,              903c40@5 903c00@205",
    "80 09 c1 05 10 f8 10 06 20 d1 07,        c10500@0 f80000@16 c10600@32 d10700@64",
    "09 f0 01 02 03 f7 07 90 3c 40,           903c40@7",
    "08 f0 01 02 f0 07 b0 07 64,              b00764@7",
    "06 f7 01 f4 00 f6 00,                    f60000@0",
    "0b e3 00 40 ff ff ff 7f f2 01 02 00,     e30040@0 f20102@268435455",
    "00,                                      ''"
  })
  void aListIsReadWithItsTimes(String bytes, String expected) {
    assertTrue(list.read(buffer(bytes)));
    assertEquals(expected, told(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04 90 3c 40",
        "02 90 3c",
        "03 3c 40 00",
        "03 90 3c 80",
        "80",
        "05 f8 00 3c 40 00"
      })
  void aBrokenListIsRefused(String bytes) {
    assertFalse(list.read(buffer(bytes)));
  }

  @Test
  void aListIsWrittenWithRunningStatusAndShortTimes() {
    list.clear();
    list.add(0x903c40, 100);
    list.add(0x903e41, 100);
    list.add(0xf80000, 227);
    list.add(0x903c00, 228);
    list.add(0x803e40, 16612);
    assertEquals(
        "c0 11 90 3c 40 00 3e 41 7f f8 01 3c 00 81 80 00 80 3e 40",
        written(out -> list.write(out, true)));
    list.clear();
    assertEquals("40", written(out -> list.write(out, true)));
    list.add(0xc90500, 0);
    assertEquals("02 c9 05", written(out -> list.write(out, false)));
  }

  @Test
  void theMessagesOfASessionAreWrittenAndRead() {
    String invitation = "ff ff 49 4e 00 00 00 02 12 34 56 78 9a bc de f0 64 72 75 6d 00";
    assertEquals(
        invitation,
        written(
            out ->
                ControlPacket.writeSession(
                    out, ControlPacket.INVITATION, 0x12345678, 0x9abcdef0, "drum")));
    ControlPacket read = new ControlPacket();
    assertTrue(read.read(buffer(invitation)));
    assertEquals(ControlPacket.INVITATION, read.command);
    assertEquals(0x12345678, read.token);
    assertEquals(0x9abcdef0, read.ssrc);
    assertEquals("drum", read.name);

    String clocks =
        "ff ff 43 4b 00 00 00 07 01 00 00 00 "
            + "00 00 00 00 00 00 00 64 "
            + "00 00 00 01 00 00 00 00 "
            + "00 00 00 00 00 00 00 00";
    assertEquals(
        clocks, written(out -> ControlPacket.writeSynchronisation(out, 7, 1, 100, 1L << 32)));
    assertTrue(read.read(buffer(clocks)));
    assertEquals(1, read.count);
    assertEquals(1L << 32, read.times[1]);

    String feedback = "ff ff 52 53 00 00 00 07 ff fe 00 00";
    assertEquals(feedback, written(out -> ControlPacket.writeFeedback(out, 7, 0xfffe)));
    assertTrue(read.read(buffer(feedback)));
    assertEquals(0xfffe, read.sequence);
    // An end without name, as it is sent; another version; a fourth clock exchange; one cut off.
    assertTrue(read.read(buffer("ff ff 42 59 00 00 00 02 00 00 00 01 00 00 00 07")));
    assertFalse(read.read(buffer("ff ff 42 59 00 00 00 03 00 00 00 01 00 00 00 07")));
    assertFalse(read.read(buffer(clocks.replace("07 01 00", "07 03 00"))));
    assertFalse(read.read(buffer("ff ff 43 4b 00 00 00 07 01 00 00 00")));
    assertFalse(read.read(buffer("ff ff 58 58 00 00")));
  }

  @Test
  void aNameIsBoundedAndHasNoControlCharacters() {
    String name = "long\n" + "x".repeat(500);
    ByteBuffer out = ByteBuffer.allocate(2000);
    ControlPacket.writeSession(out, ControlPacket.ACCEPTED, 1, 2, name);
    assertEquals(16 + ControlPacket.MOST_NAME_BYTES + 1, out.position());
    ControlPacket read = new ControlPacket();
    assertTrue(read.read(out.flip()));
    assertEquals("long?" + "x".repeat(ControlPacket.MOST_NAME_BYTES - 5), read.name);
  }

  @Test
  void theJournalTellsNotesAndControllersSinceTheCheckpoint() {
    SentHistory history = new SentHistory(10);
    history.add(0x903c40, 10, NOW);
    history.add(0xb04007, 11, NOW);
    history.add(0x913d41, 11, NOW - SentHistory.MOST_LATE_NANOS);
    history.add(0x803c40, 12, NOW);
    // Header: one of the packet before is told, two channels; checkpoint 10.
    assertEquals(
        "21 00 0a "
            // Channel 0: length 9, C and N: one controller, no note, ended bits of octet 7.
            + "00 09 48 80 c0 07 00 77 08 "
            // Channel 1: length 7, N: one note, too old to be struck now.
            + "88 07 08 81 f0 bd 41",
        written(out -> history.write(out, 13, NOW)));
    history.confirm(11, 13);
    assertEquals("20 00 0c 00 06 08 00 77 08", written(out -> history.write(out, 13, NOW)));
    history.confirm(60_000, 13);
    history.confirm(12, 13);
    assertFalse(history.isOpen());
    assertEquals("80 00 0c", written(out -> history.write(out, 13, NOW)));
  }

  @Test
  void aModeMessageIsToldByItsCountAndEndsTheNotes() {
    SentHistory history = new SentHistory(0xffff);
    history.add(0x903c40, 0xffff, NOW);
    history.add(0xb07b00, 0x10000, NOW);
    assertEquals(
        "20 ff ff 00 09 48 00 7b c1 00 77 08", written(out -> history.write(out, 0x10001, NOW)));
  }

  @Test
  void otherChaptersAreReadOver() {
    // System journal of five bytes; channel 2 with P, C, M (4 bytes), W, N, E, T, A.
    String journal =
        "60 01 02 10 05 01 02 03 "
            + "10 1d ff "
            + "05 00 00 "
            + "01 07 64 40 81 "
            + "00 04 aa bb "
            + "00 40 "
            + "01 00 3c c0 80 "
            + "00 3c 01 "
            + "11 "
            + "00 3c 22";
    List<String> told = new ArrayList<>();
    assertTrue(JournalReader.read(buffer(journal), teller(told)));
    assertEquals(List.of("c 263=100", "c 320=127", "on 316 64 true true", "off 256"), told);
    for (int cut = 1; cut < buffer(journal).limit(); cut++) {
      ByteBuffer some = buffer(journal);
      some.limit(some.limit() - cut);
      assertFalse(JournalReader.read(some, JournalReader.NOBODY), "cut by " + cut);
    }
  }

  @Test
  void allNotesOfAChannelFitIntoAJournal() {
    SentHistory history = new SentHistory(0);
    for (int channel = 0; channel < 16; channel++) {
      for (int key = 0; key < 128; key++) {
        history.add(0x900001 | channel << 16 | key << 8, 0, NOW);
        history.add(0xb00001 | channel << 16 | key << 8, 0, NOW);
        history.add(0x900001 | channel << 16 | key << 8, 0, NOW);
      }
    }
    ByteBuffer out = ByteBuffer.allocate(16 * 1024);
    history.write(out, 1, NOW);
    List<String> told = new ArrayList<>();
    assertTrue(JournalReader.read(out.flip(), teller(told)));
    assertFalse(out.hasRemaining());
    assertEquals(
        16 * 128,
        told.stream().filter(line -> line.startsWith("on")).count()
            + told.stream().filter(line -> line.startsWith("off")).count());
  }

  @Test
  void theJournalOfAnythingIsReadAsItWasWritten() {
    Random random = new Random(6295);
    for (int round = 0; round < 300; round++) {
      SentHistory history = new SentHistory(0);
      java.util.Map<Integer, Integer> notes = new java.util.TreeMap<>();
      for (int i = random.nextInt(400); i > 0; i--) {
        int key = random.nextInt(MidiMessage.KEYS);
        int velocity = random.nextBoolean() ? 0 : 1 + random.nextInt(127);
        history.add(MidiMessage.noteOn(key, velocity), i, NOW);
        notes.put(key, velocity);
      }
      ByteBuffer out = ByteBuffer.allocate(16 * 1024);
      history.write(out, 500, NOW);
      java.util.Map<Integer, Integer> read = new java.util.TreeMap<>();
      List<String> told = new ArrayList<>();
      assertTrue(JournalReader.read(out.flip(), teller(told)));
      for (String line : told) {
        String[] words = line.split(" ");
        read.put(Integer.valueOf(words[1]), words[0].equals("on") ? Integer.valueOf(words[2]) : 0);
      }
      assertEquals(notes, read);
    }
  }

  @Test
  void randomBytesAreNeverThrownAt() {
    Random random = new Random(1);
    RtpMidiCounters counters = new RtpMidiCounters();
    Playout playout = new Playout((message, due) -> {}, counters);
    PeerClock clock = new PeerClock(0);
    Reception reception =
        new Reception(clock, list, new HeardNotes(playout, counters, 0), counters);
    ControlPacket control = new ControlPacket();
    int packets = 0;
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      if (bytes.length > 16 && i % 2 == 0) {
        // Half of them begin as a packet with a journal does.
        bytes[0] = (byte) 0x80;
        bytes[12] = (byte) (0x40 | random.nextInt(8));
        bytes[13] = (byte) (bytes[13] | 0x80);
      } else if (bytes.length > 4 && i % 4 == 1) {
        bytes[0] = bytes[1] = -1;
        System.arraycopy(new byte[] {0x43, 0x4b}, 0, bytes, 2, 2);
      }
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (ControlPacket.isControl(in)) {
        control.read(in);
        clock.confirmed(control.times[0], control.times[1], control.times[2], i);
      } else if (Reception.ssrc(in) != 0 && reception.take(in, 0, i)) {
        packets++;
      }
      playout.play(i);
    }
    assertTrue(packets > 1000, packets + " were packets");
  }

  private static JournalReader.Target teller(List<String> told) {
    return new JournalReader.Target() {
      @Override
      public void sounds(int key, int velocity, boolean play, boolean isFresh) {
        told.add("on " + key + " " + velocity + " " + play + " " + isFresh);
      }

      @Override
      public void ended(int key) {
        told.add("off " + key);
      }

      @Override
      public void controller(int key, int value) {
        told.add("c " + key + "=" + value);
      }

      @Override
      public void counted(int key, int times) {
        told.add("n " + key + "=" + times);
      }
    };
  }

  private static ByteBuffer buffer(String bytes) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(bytes.replace(" ", "")));
  }

  private static String written(java.util.function.Consumer<ByteBuffer> writer) {
    ByteBuffer out = ByteBuffer.allocate(16 * 1024);
    writer.accept(out);
    return HexFormat.ofDelimiter(" ").formatHex(out.array(), 0, out.position());
  }

  private static String told(MidiList list) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < list.size; i++) {
      told.add(Integer.toHexString(list.messages[i]) + "@" + list.times[i]);
    }
    return String.join(" ", told);
  }
}
