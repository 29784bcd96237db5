package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentspace.training.rhythm.Song.Note;

/** Files whose strokes are whole are read, and what is wrong with the rest of them is remarked. */
@Timeout(10)
class FaultyMidiTest {
  private static final int[] KICK = {0, 0x99, 36, 127};
  private static final int[] SNARE = {0x83, 0x60, 0x99, 38, 127};
  private static final List<Note> BOTH = List.of(new Note(0, 36, 1), new Note(1, 38, 1));

  static Stream<Arguments> faulty() {
    return Stream.of(
        Arguments.of(
            "a metre of no beats", after(0, 0xFF, 0x58, 4, 0, 2, 24, 8), "of 0/2^2 cannot"),
        Arguments.of("a beat of nothing", after(0, 0xFF, 0x58, 4, 4, 255, 24, 8), "of 4/2^255"),
        Arguments.of("a tempo of nothing", after(0, 0xFF, 0x51, 3, 0, 0, 0), "of 0 microseconds"),
        Arguments.of("a tempo of light", after(0, 0xFF, 0x51, 3, 0, 0, 1), "of 1 microseconds"),
        Arguments.of("active sensing", after(0, 0xFE), "0xfe has no place"),
        Arguments.of("a clock", after(0, 0xF8), "0xf8 has no place"),
        Arguments.of("an undefined message", after(0, 0xF4), "0xf4 has no place"),
        Arguments.of("a quarter frame", after(0, 0xF1, 0x20), "0xf1 has no place"),
        Arguments.of("a song position", after(0, 0xF2, 1, 2), "0xf2 has no place"),
        Arguments.of("a song select", after(0, 0xF3, 1), "0xf3 has no place"),
        Arguments.of(
            "an alien chunk counted as a track",
            Smf.header(1, 3, 480).track(KICK).text("XFIH").uint32(3).raw(1, 2, 3).track(SNARE),
            "claims 3 tracks and has 2"),
        Arguments.of(
            "too many tracks claimed",
            Smf.header(1, 0xFFFF, 480).track(KICK).track(SNARE),
            "claims 65535 tracks and has 2"),
        Arguments.of(
            "too few tracks claimed",
            Smf.header(1, 1, 480).track(KICK).track(SNARE),
            "claims 1 tracks and has 2"),
        Arguments.of(
            "none claimed",
            Smf.header(1, 0, 480).track(KICK).track(SNARE),
            "claims 0 tracks and has 2"),
        Arguments.of(
            "a pad byte between chunks",
            Smf.header(1, 2, 480).track(KICK).raw(0).track(SNARE),
            "bytes that belong to no chunk"),
        Arguments.of(
            "junk between chunks",
            Smf.header(1, 2, 480).track(KICK).raw(0xFF, 7, 9, 0x80, 1, 2, 3, 4, 5).track(SNARE),
            "bytes that belong to no chunk"),
        Arguments.of(
            "junk at the end",
            Smf.header(1, 2, 480).track(KICK).track(SNARE).text("TAG, and a title"),
            "bytes that belong to no chunk"),
        Arguments.of(
            "a track's head alone at the end",
            Smf.header(1, 2, 480).track(KICK).track(SNARE).text("MTrk").raw(0, 0),
            "bytes that belong to no chunk"),
        Arguments.of(
            "an alien chunk without its end",
            Smf.header(1, 2, 480).track(KICK).track(SNARE).text("XFIH").uint32(99).raw(1),
            "bytes that belong to no chunk"),
        Arguments.of(
            "events behind the end of a track",
            Smf.header(1, 2, 480)
                .track(KICK)
                .claiming(13, with(SNARE, 0, 0xFF, 0x2F, 0, 1, 38, 9, 9)),
            "behind the end of track 2"),
        Arguments.of(
            "a last track that claims more than there is",
            Smf.header(1, 2, 480).track(KICK).claiming(900, with(SNARE, 0, 0xFF, 0x2F, 0)),
            "track 2 claims 900 bytes, there are 9"),
        Arguments.of(
            "a first track that claims more than there is",
            Smf.header(1, 2, 480).claiming(900, with(KICK, 0, 0xFF, 0x2F, 0)).track(SNARE),
            "track 1 claims 900 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faulty")
  void isReadWholeWithARemark(String name, Smf file, String remark) throws MidiFileException {
    MidiFileReader.Read read = MidiFileReader.readAll(name, file.bytes());
    assertEquals(BOTH, read.song().notes());
    assertEquals(1, read.remarks().size(), read.remarks().toString());
    assertTrue(read.remarks().get(0).contains(remark), read.remarks().toString());
    assertEquals(120, read.song().bpm());
    assertEquals("4/4", read.song().metres().get(0).written());
  }

  @Test
  void aTrackThatSwallowsTheNextOneEndsWhereItsEndSays() throws MidiFileException {
    byte[] bytes =
        Smf.header(1, 2, 480).claiming(25, with(KICK, 0, 0xFF, 0x2F, 0)).track(SNARE).bytes();
    assertEquals(BOTH, MidiFileReader.read("swallowed", bytes).notes());
  }

  @Test
  void whatIsRightBringsNoRemark() throws MidiFileException {
    Smf aliens = Smf.header(1, 2, 480).text("XFIH").uint32(3).raw(1, 2, 3);
    aliens.track(KICK).track(SNARE).text("XFKM").uint32(1).raw(0);
    assertEquals(List.of(), MidiFileReader.readAll("alien chunks", aliens.bytes()).remarks());
    Smf padded = Smf.header(1, 2, 480).track(KICK).track(SNARE).raw(0, 0, 0);
    assertEquals(List.of(), MidiFileReader.readAll("padding at the end", padded.bytes()).remarks());
  }

  @Test
  void aWireMessageBetweenStrokesChangesNoRunningStatus() throws MidiFileException {
    byte[] bytes = Smf.file(0, 0x99, 36, 127, 0, 0xFE, 0x83, 0x60, 38, 127);
    assertEquals(BOTH, MidiFileReader.read("running", bytes).notes());
  }

  @Test
  void aRiffWrapperIsTakenOff() throws MidiFileException {
    byte[] inside = Smf.header(1, 2, 480).track(KICK).track(SNARE).bytes();
    Smf wrapped = new Smf().text("RIFF").raw(0, 0, 0, 0).text("RMID");
    wrapped.text("DISP").raw(3, 0, 0, 0).raw(1, 2, 3, 0);
    wrapped.text("data").raw(inside.length, 0, 0, 0);
    for (byte each : inside) {
      wrapped.raw(each);
    }
    wrapped.raw(0).text("LIST").raw(1, 0, 0, 0).raw(9);
    MidiFileReader.Read read = MidiFileReader.readAll("song.rmi", wrapped.bytes());
    assertEquals(BOTH, read.song().notes());
    assertEquals(List.of(), read.remarks());
  }

  @ParameterizedTest
  @CsvSource({
    "18_real.rmi, 8, 0",
    "19_kar.kar, 8, 0",
    "28_alien_chunk.mid, 8, 1",
    "30_ts_num0.mid, 8, 1",
    "33_tempo0.mid, 8, 1",
    "34_active_sense.mid, 8, 1",
    "39_pad_between_tracks.mid, 8, 1",
    "two_tracks_said_1.mid, 16, 1",
    "four_bars_last_silent.mid, 12, 0",
    "late_tempo.mid, 16, 0"
  })
  void filesAsOthersWroteThem(String name, int strokes, int remarks) throws Exception {
    String named = System.getProperty("LSE_TEST_DATA", System.getenv("LSE_TEST_DATA"));
    Path file = Path.of(named == null ? "../../shared/data" : named).resolve("cases/" + name);
    assumeTrue(Files.isRegularFile(file), "no cases below LSE_TEST_DATA: " + file);
    MidiFileReader.Read read = MidiFileReader.readAll(name, Files.readAllBytes(file));
    assertEquals(strokes, read.song().notes().size());
    assertEquals(remarks, read.remarks().size(), read.remarks().toString());
  }

  /** A kick, these events, and a snare a quarter note later. */
  private static Smf after(int... events) {
    return Smf.header(0, 1, 480).track(with(with(KICK, events), SNARE));
  }

  private static int[] with(int[] some, int... more) {
    return java.util.stream.IntStream.concat(
            java.util.Arrays.stream(some), java.util.Arrays.stream(more))
        .toArray();
  }
}
