package org.latentspace.training.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.training.rhythm.Note;
import org.latentspace.training.rhythm.Song;

/**
 * Reads a standard MIDI file, type 0 or 1, of any resolution, with tempo and metre changes, as a
 * piece.
 *
 * <p>Where a file has strokes on channel 10, the drums', these alone are the piece; else those of
 * all channels are. Nothing that a file claims decides how much memory is taken: only what it
 * holds. The format is that of "Standard MIDI Files 1.0" (MIDI Manufacturers Association, 1996).
 */
public final class MidiFileReader {
  /** Bytes of the largest file that is read. */
  public static final int LARGEST_FILE = 4 << 20;

  /** Strokes of the largest piece. */
  public static final int MOST_NOTES = 200_000;

  /** Quarter notes of the longest piece: more than two hours at 120 a minute. */
  public static final int LONGEST = 16_384;

  private static final int MOST_CHANGES = 10_000;
  private static final int DRUM_CHANNEL = 9;

  private final String name;
  private final List<Stroke> strokes = new ArrayList<>();
  private final TreeMap<Long, int[]> metres = new TreeMap<>();
  private final TreeMap<Long, Double> tempi = new TreeMap<>();

  private MidiFileReader(String name) {
    this.name = name;
  }

  /** A note-on as it stands in the file. */
  private record Stroke(long tick, int channel, int key, int velocity) {}

  /**
   * What a file holds.
   *
   * @param otherChannels strokes on other channels than 10 that were left out
   */
  public record Read(Song song, int otherChannels) {}

  /** Throws MidiFileException for bytes that are no MIDI file or hold no strokes. */
  public static Song read(String name, byte[] bytes) throws MidiFileException {
    return readAll(name, bytes).song();
  }

  /** The same, with what was left out. */
  public static Read readAll(String name, byte[] bytes) throws MidiFileException {
    if (bytes.length > LARGEST_FILE) {
      throw new MidiFileException("larger than 4 MB");
    }
    return new MidiFileReader(name).file(new MidiBytes(bytes));
  }

  private Read file(MidiBytes in) throws MidiFileException {
    if (in.left() < 14 || !in.word().equals("MThd")) {
      throw new MidiFileException("not a MIDI file: it does not begin with MThd and its header");
    }
    long length = in.uint32();
    if (length < 6 || length > in.left()) {
      throw new MidiFileException("not a MIDI file: its header claims " + length + " bytes");
    }
    MidiBytes header = in.part((int) length);
    int type = header.uint16();
    int tracks = header.uint16();
    int division = header.uint16();
    if (type > 1) {
      throw new MidiFileException("of type " + type + ": only types 0 and 1 are one piece");
    }
    if (division >= 0x8000) {
      throw new MidiFileException("its time is counted in film frames, not in quarter notes");
    }
    if (division == 0) {
      throw new MidiFileException("it has 0 ticks in a quarter note");
    }
    tracks(in, tracks);
    return piece(division);
  }

  private void tracks(MidiBytes in, int tracks) throws MidiFileException {
    int found = 0;
    while (found < tracks && in.left() > 0) {
      if (in.left() < 8) {
        throw new MidiFileException("it ends within the head of a chunk");
      }
      String chunk = in.word();
      long length = in.uint32();
      if (length > in.left()) {
        throw new MidiFileException(
            "chunk " + (found + 1) + " claims " + length + " bytes, there are " + in.left());
      }
      MidiBytes body = in.part((int) length);
      if (chunk.equals("MTrk")) {
        found++;
        new MidiTrack(body, this).read();
      }
    }
    if (found < tracks) {
      throw new MidiFileException("it claims " + tracks + " tracks and has " + found);
    }
  }

  void stroke(long tick, int channel, int key, int velocity) throws MidiFileException {
    if (strokes.size() == MOST_NOTES) {
      throw new MidiFileException("it has more than " + MOST_NOTES + " strokes");
    }
    strokes.add(new Stroke(tick, channel, key, velocity));
  }

  void metre(long tick, int beats, int exponent) throws MidiFileException {
    if (beats < 1 || exponent > 6) {
      throw new MidiFileException("a metre of " + beats + "/2^" + exponent + " cannot be");
    }
    metres.put(tick, new int[] {beats, 1 << exponent});
    bound(metres, "metre");
  }

  void tempo(long tick, int microsPerQuarter) throws MidiFileException {
    double bpm = 60e6 / microsPerQuarter;
    if (!(bpm >= 1 && bpm <= 1000)) {
      throw new MidiFileException(
          "a tempo of " + microsPerQuarter + " microseconds a quarter note cannot be");
    }
    tempi.put(tick, bpm);
    bound(tempi, "tempo");
  }

  private static void bound(Map<Long, ?> changes, String what) throws MidiFileException {
    if (changes.size() > MOST_CHANGES) {
      throw new MidiFileException("it changes its " + what + " more than " + MOST_CHANGES + " times");
    }
  }

  private Read piece(double ticksPerQuarter) throws MidiFileException {
    boolean drums = strokes.stream().anyMatch(s -> s.channel() == DRUM_CHANNEL);
    List<Note> notes =
        strokes.stream()
            .filter(s -> !drums || s.channel() == DRUM_CHANNEL)
            .sorted(Comparator.comparingLong(Stroke::tick).thenComparingInt(Stroke::key))
            .map(s -> new Note(s.tick() / ticksPerQuarter, s.key(), s.velocity() / 127f))
            .toList();
    if (notes.isEmpty()) {
      throw new MidiFileException("it has no strokes");
    }
    double length = notes.get(notes.size() - 1).quarter() + 1e-6;
    if (length > LONGEST) {
      throw new MidiFileException("it is longer than " + LONGEST + " quarter notes");
    }
    Song song =
        new Song(
            name, length, tempi(ticksPerQuarter), metres(ticksPerQuarter, length), notes, Map.of());
    return new Read(song, strokes.size() - notes.size());
  }

  private List<Song.Tempo> tempi(double ticksPerQuarter) {
    List<Song.Tempo> list = new ArrayList<>();
    // A first tempo that comes late holds from the beginning, as players take it.
    list.add(new Song.Tempo(0, tempi.isEmpty() ? 120 : tempi.firstEntry().getValue()));
    tempi.forEach(
        (tick, bpm) -> {
          if (bpm != list.get(list.size() - 1).bpm()) {
            list.add(new Song.Tempo(tick / ticksPerQuarter, bpm));
          }
        });
    return list;
  }

  private List<Song.Metre> metres(double ticksPerQuarter, double length) {
    List<Song.Metre> list = new ArrayList<>();
    int[] first = metres.getOrDefault(0L, new int[] {4, 4});
    list.add(new Song.Metre(0, first[0], first[1]));
    metres.forEach(
        (tick, metre) -> {
          Song.Metre before = list.get(list.size() - 1);
          double quarter = tick / ticksPerQuarter;
          boolean same = before.beats() == metre[0] && before.unit() == metre[1];
          if (!same && quarter < length) {
            list.add(new Song.Metre(quarter, metre[0], metre[1]));
          }
        });
    return list;
  }
}
