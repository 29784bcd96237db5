package org.latentspace.training.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/**
 * Reads a standard MIDI file, type 0 or 1, of any resolution, with tempo and metre changes, as a
 * piece; also one in a RIFF wrapper (.rmi).
 *
 * <p>Where a file has strokes on channel 10, the drums', these alone are the piece; else those of
 * all channels are. What is wrong with a file but leaves its strokes whole is passed over with a
 * remark, as FluidSynth, MuseScore and mido do. Nothing that a file claims decides how much memory
 * is taken: only what it holds. The format is that of "Standard MIDI Files 1.0" (MIDI Manufacturers
 * Association, 1996).
 */
public final class MidiFileReader {
  /** Names of files that are read, in any case. */
  public static final Pattern FILE_NAME = Pattern.compile("(?i).*\\.(midi?|smf|kar|rmi)");

  /** Bytes of the largest file that is read. */
  public static final int LARGEST_FILE = 4 << 20;

  /** Strokes of the largest piece. */
  public static final int MOST_NOTES = 200_000;

  /** Quarter notes of the longest piece: more than two hours at 120 a minute. */
  public static final int LONGEST = 16_384;

  private static final int MOST_CHANGES = 10_000;
  private static final int MOST_REMARKS = 20;
  private static final int DRUM_CHANNEL = 9;
  private static final String TRACK = "MTrk";

  private final String name;
  private final List<Stroke> strokes = new ArrayList<>();
  private final TreeMap<Long, int[]> metres = new TreeMap<>();
  private final TreeMap<Long, Double> tempi = new TreeMap<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private long endOfTrack;

  private MidiFileReader(String name) {
    this.name = name;
  }

  /** A note-on as it stands in the file. */
  private record Stroke(long tick, int channel, int key, int velocity) {}

  /**
   * What a file holds.
   *
   * @param otherChannels strokes on other channels than 10 that were left out
   * @param remarks what is wrong with the file and was passed over, each once
   */
  public record Read(Song song, int otherChannels, List<String> remarks) {}

  /** Throws MidiFileException for bytes that are no MIDI file or hold no strokes. */
  public static Song read(String name, byte[] bytes) throws MidiFileException {
    return readAll(name, bytes).song();
  }

  /** The same, with what was left out. */
  public static Read readAll(String name, byte[] bytes) throws MidiFileException {
    if (bytes.length > LARGEST_FILE) {
      throw new MidiFileException("larger than 4 MB");
    }
    return new MidiFileReader(name).file(unwrapped(new MidiBytes(bytes)));
  }

  /** The MIDI file in a RIFF file; any other bytes as they are. */
  private static MidiBytes unwrapped(MidiBytes in) throws MidiFileException {
    if (in.left() < 12 || !in.isAt("RIFF")) {
      return in;
    }
    in.skip(8);
    String kind = in.word();
    while (kind.equals("RMID") && in.left() >= 8) {
      String chunk = in.word();
      long length = in.uint32LowFirst();
      if (chunk.equals("data")) {
        return in.ahead(length);
      }
      in.skip(length + (length & 1));
    }
    throw new MidiFileException("not a MIDI file: a RIFF file without RMID and its data");
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

  private void tracks(MidiBytes in, int claimed) throws MidiFileException {
    int found = 0;
    while (in.left() > 0) {
      if (in.isAt(TRACK) && (in.left() >= 8 || found < claimed)) {
        found++;
        track(in, found);
      } else {
        skipAlien(in);
      }
    }
    if (found != claimed) {
      String count = "it claims " + claimed + " tracks and has " + found;
      if (found == 0) {
        throw new MidiFileException(count);
      }
      remark(count);
    }
  }

  private void track(MidiBytes in, int number) throws MidiFileException {
    if (in.left() < 8) {
      throw new MidiFileException("it ends within the head of a chunk");
    }
    in.skip(4);
    long length = in.uint32();
    MidiBytes body = in.ahead(length);
    String claim = "track " + number + " claims " + length + " bytes, there are " + in.left();
    boolean whole;
    try {
      whole = new MidiTrack(body, this).read();
    } catch (MidiFileException cut) {
      throw length > in.left() ? new MidiFileException(claim) : cut;
    }
    if (length > in.left()) {
      if (!whole) {
        throw new MidiFileException(claim);
      }
      remark(claim);
    }
    int behind = body.before(TRACK);
    if (behind > 0 && !body.ahead(behind).isBlank()) {
      remark("bytes behind the end of track " + number + " are not read");
    }
    // A track whose length swallows the next one ends where its end says.
    in.skip(behind < body.left() ? in.ahead(length).left() - (body.left() - behind) : length);
  }

  /** Passes over a chunk of another kind, or over bytes that are no chunk. */
  private void skipAlien(MidiBytes in) throws MidiFileException {
    MidiBytes head = in.ahead(8);
    if (head.left() == 8) {
      String word = head.word();
      long length = head.uint32();
      if (word.chars().allMatch(c -> c >= ' ' && c <= '~') && length <= in.left() - 8) {
        in.skip(8 + length);
        return;
      }
    }
    // The beginning of a track's head that ends with the file is no track.
    int stray = in.left() < 8 ? in.left() : in.before(TRACK);
    if (!in.ahead(stray).isBlank() || stray < in.left()) {
      remark("bytes that belong to no chunk are not read");
    }
    in.skip(stray);
  }

  /** Something that is wrong and was passed over. */
  void remark(String text) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(text);
    }
  }

  void stroke(long tick, int channel, int key, int velocity) throws MidiFileException {
    if (strokes.size() == MOST_NOTES) {
      throw new MidiFileException("it has more than " + MOST_NOTES + " strokes");
    }
    strokes.add(new Stroke(tick, channel, key, velocity));
  }

  void endOfTrack(long tick) {
    endOfTrack = Math.max(endOfTrack, tick);
  }

  void metre(long tick, int beats, int exponent) throws MidiFileException {
    if (beats < 1 || exponent > 6) {
      remark("a metre of " + beats + "/2^" + exponent + " cannot be and is passed over");
      return;
    }
    metres.put(tick, new int[] {beats, 1 << exponent});
    bound(metres, "metre");
  }

  void tempo(long tick, int microsPerQuarter) throws MidiFileException {
    double bpm = 60e6 / microsPerQuarter;
    if (!(bpm >= 1 && bpm <= 1000)) {
      remark(
          "a tempo of "
              + microsPerQuarter
              + " microseconds a quarter note cannot be and is passed over");
      return;
    }
    tempi.put(tick, bpm);
    bound(tempi, "tempo");
  }

  private static void bound(Map<Long, ?> changes, String what) throws MidiFileException {
    if (changes.size() > MOST_CHANGES) {
      throw new MidiFileException(
          "it changes its " + what + " more than " + MOST_CHANGES + " times");
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
    double lastStroke = notes.get(notes.size() - 1).quarter();
    if (lastStroke > LONGEST) {
      throw new MidiFileException("it is longer than " + LONGEST + " quarter notes");
    }
    PieceEnd end = new PieceEnd(lastStroke, endOfTrack / ticksPerQuarter);
    List<Song.Metre> metres = metres(ticksPerQuarter, end.latest());
    double length = end.quarters(metres);
    metres.removeIf(metre -> metre.quarter() >= length);
    Song song = new Song(name, length, tempi(ticksPerQuarter), metres, notes, Map.of());
    return new Read(song, strokes.size() - notes.size(), List.copyOf(remarks));
  }

  private List<Song.Tempo> tempi(double ticksPerQuarter) {
    List<Song.Tempo> list = new ArrayList<>();
    // Before the first tempo event it is 120, as the format says.
    list.add(new Song.Tempo(0, tempi.getOrDefault(0L, 120.0)));
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
