package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that lie are refused by name, at no cost. */
@Timeout(10)
class HostileMidiTest {
  private static final int[] NOTE = {0, 0x99, 36, 100};
  private static final long MOST_BYTES = 1 << 20;

  static Stream<Arguments> hostile() {
    byte[] good = Smf.file(NOTE);
    return Stream.of(
        Arguments.of("empty", new byte[0], "MThd"),
        Arguments.of("zeros", new byte[1000], "MThd"),
        Arguments.of("only its name", new Smf().text("MThd").bytes(), "MThd"),
        Arguments.of(
            "header of a gigabyte",
            new Smf().text("MThd").uint32(1L << 30).uint32(0).uint32(0).bytes(),
            "claims 1073741824"),
        Arguments.of(
            "negative header length",
            new Smf().text("MThd").uint32(0xFFFFFFFFL).uint32(0).uint32(0).bytes(),
            "claims 4294967295"),
        Arguments.of(
            "header too short",
            new Smf().text("MThd").uint32(2).uint16(0).uint32(0).uint32(0).bytes(),
            "claims 2"),
        Arguments.of("cut in the track", Arrays.copyOf(good, good.length - 3), "claims 8"),
        Arguments.of("cut before the track", Arrays.copyOf(good, 14), "1 tracks and has 0"),
        Arguments.of("cut in a chunk's head", Arrays.copyOf(good, 18), "head of a chunk"),
        Arguments.of("type 2", Smf.header(2, 1, 480).track(NOTE).bytes(), "type 2"),
        Arguments.of("type 65535", Smf.header(0xFFFF, 1, 480).track(NOTE).bytes(), "type 65535"),
        Arguments.of("no ticks", Smf.header(0, 1, 0).track(NOTE).bytes(), "0 ticks"),
        Arguments.of("film", Smf.header(0, 1, 0xE728).track(NOTE).bytes(), "film frames"),
        Arguments.of("65535 tracks", Smf.header(1, 0xFFFF, 480).bytes(), "65535 tracks and has 0"),
        Arguments.of(
            "cut in the second track's head",
            Smf.header(1, 2, 480).track(NOTE).text("MT").bytes(),
            "head of a chunk"),
        Arguments.of(
            "a track of four gigabytes",
            Smf.header(0, 1, 480).claiming(0xFFFFFFFFL, NOTE).bytes(),
            "claims 4294967295"),
        Arguments.of(
            "a track of 2^31 bytes",
            Smf.header(0, 1, 480).claiming(0x80000000L, NOTE).bytes(),
            "claims 2147483648"),
        Arguments.of(
            "a track cut within an event",
            Smf.header(0, 1, 480).claiming(3, 0, 0x99, 36).bytes(),
            "within an event"),
        Arguments.of(
            "a delta time without end", Smf.file(0xFF, 0xFF, 0xFF, 0xFF, 0xFF), "four bytes"),
        Arguments.of("no status at first", Smf.file(0, 36, 100), "before any message"),
        Arguments.of("a status as data", Smf.file(0, 0x99, 36, 0x99), "0x99 stands where"),
        Arguments.of(
            "a text of 256 MB", Smf.file(0, 0xFF, 1, 0xFF, 0xFF, 0xFF, 0x7F), "claims 268435455"),
        Arguments.of(
            "a system message of 256 MB",
            Smf.file(0, 0xF0, 0xFF, 0xFF, 0xFF, 0x7F),
            "claims 26843"),
        Arguments.of("a wrapper of gigabytes", riff("RMID", "data", 0xFFFFFFFFL), "MThd"),
        Arguments.of("a wrapper around nothing", riff("RMID", "LIST", 0xFFFFFFFFL), "RIFF"),
        Arguments.of("a wrapper of sound", riff("WAVE", "data", 0), "RIFF"),
        Arguments.of(
            "a piece of years",
            Smf.header(0, 1, 1).track(0xFF, 0xFF, 0xFF, 0x7F, 0x99, 36, 100).bytes(),
            "longer than 16384"),
        Arguments.of("only endings", Smf.file(0, 0x99, 36, 0), "no strokes"),
        Arguments.of("nested", Smf.header(0, 1, 480).claiming(good.length, ints(good)).bytes(), ""),
        Arguments.of("too large", new byte[(4 << 20) + 1], "larger than 4 MB"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedWithItsReasonAndTakesNoRoom(String name, byte[] bytes, String words) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    MidiFileException refusal =
        assertThrows(MidiFileException.class, () -> MidiFileReader.read(name, bytes));
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    assertTrue(taken < MOST_BYTES, taken + " bytes taken");
  }

  @Test
  void aFileOfRunningStatusAloneIsReadOrRefusedByTheNumberOfItsStrokes() throws Exception {
    assertEquals(1000, MidiFileReader.read("long", running(1000)).notes().size());
    MidiFileException refusal =
        assertThrows(
            MidiFileException.class,
            () -> MidiFileReader.read("endless", running(MidiFileReader.MOST_NOTES + 1)));
    assertTrue(refusal.getMessage().contains("more than 200000 strokes"), refusal.getMessage());
  }

  @Test
  void aFileOfMetreChangesAloneIsRefusedByTheirNumber() {
    Smf changes = Smf.header(0, 1, 480).text("MTrk").uint32(8L * 20_000);
    for (int i = 0; i < 20_000; i++) {
      changes.raw(1, 0xFF, 0x58, 4, 1 + i % 2, 2, 24, 8);
    }
    MidiFileException refusal =
        assertThrows(MidiFileException.class, () -> MidiFileReader.read("x", changes.bytes()));
    assertTrue(refusal.getMessage().contains("its metre more than 10000"), refusal.getMessage());
  }

  @Test
  void aFileOfAlienChunksAloneIsRefusedSoon() {
    Smf aliens = Smf.header(1, 1, 480);
    for (int i = 0; i < 200_000; i++) {
      aliens.text("abcd").uint32(0);
    }
    assertThrows(MidiFileException.class, () -> MidiFileReader.read("x", aliens.bytes()));
  }

  private static byte[] riff(String kind, String chunk, long length) {
    Smf file = new Smf().text("RIFF").uint32(0).text(kind).text(chunk);
    return file.uint32(Integer.toUnsignedLong(Integer.reverseBytes((int) length))).bytes();
  }

  private static byte[] running(int strokes) {
    Smf file = Smf.header(0, 1, 0x7FFF).text("MTrk").uint32(3L * strokes + 1);
    file.raw(0, 0x99, 36, 1);
    for (int i = 1; i < strokes; i++) {
      file.raw(1, 36, 1);
    }
    return file.bytes();
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }
}
