package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import org.junit.jupiter.api.Test;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Metre;
import org.latentspace.training.rhythm.Song.Note;

class MidiFileTest {
  private static final Song SONG =
      new Song(
          "odd",
          100,
          12,
          List.of(new Metre(0, 4, 4), new Metre(8, 7, 8)),
          List.of(new Note(0, 36, 1), new Note(0.25, 38, 64 / 127f), new Note(10.5, 42, 1 / 127f)));

  @Test
  void whatIsWrittenIsReadAgain() throws MidiFileException {
    Song read = MidiFileReader.read("odd", MidiFileWriter.write(SONG, "nobody"));
    assertEquals(SONG.notes(), read.notes());
    assertEquals(SONG.metres(), read.metres());
    assertEquals(SONG.bpm(), read.bpm(), 1e-3);
  }

  @Test
  void theSamePieceGivesTheSameBytes() {
    assertArrayEquals(MidiFileWriter.write(SONG, "x"), MidiFileWriter.write(SONG, "x"));
  }

  @Test
  void refusesWhatCannotBeUsedAndSaysWhy() throws Exception {
    assertRefused("not a MIDI file", "RIFF of something else".getBytes(StandardCharsets.UTF_8));
    assertRefused("not a MIDI file", new byte[0]);
    Song silent = new Song("silent", 120, 4, List.of(new Metre(0, 4, 4)), List.of());
    assertRefused("no strokes", MidiFileWriter.write(silent, "x"));
    ByteArrayOutputStream film = new ByteArrayOutputStream();
    Sequence frames = new Sequence(Sequence.SMPTE_25, 40);
    frames.createTrack();
    MidiSystem.write(frames, 0, film);
    assertRefused("film frames", film.toByteArray());
  }

  @Test
  void damagedBytesNeverEndInAnythingButARefusal() {
    byte[] whole = MidiFileWriter.write(SONG, "nobody");
    Random random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int i = 0; i < 1 + round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        MidiFileReader.read("damaged", damaged);
      } catch (MidiFileException refused) {
        assertTrue(refused.getMessage().length() > 5);
      }
    }
  }

  private static void assertRefused(String words, byte[] bytes) {
    MidiFileException refusal =
        assertThrows(MidiFileException.class, () -> MidiFileReader.read("file", bytes));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }
}
