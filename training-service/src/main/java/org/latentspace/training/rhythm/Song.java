package org.latentspace.training.rhythm;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.TreeMap;

/**
 * A piece of drumming: its name, its strokes in the order of time, its tempi and its metres.
 *
 * @param quarters length of the piece in quarter notes
 * @param tempi in the order of time, the first one at quarter 0
 * @param metres in the order of time, the first one at quarter 0
 * @param voices names of the voices that keys stand for, where they are known; empty for a MIDI
 *     file, whose keys only a kit can name
 */
public record Song(
    String name,
    double quarters,
    List<Tempo> tempi,
    List<Metre> metres,
    List<Note> notes,
    Map<Integer, String> voices) {

  /**
   * One stroke as MIDI has it: when (quarter notes from the start of the piece), which key of the
   * kit (0..127), how hard (0..1, above 0).
   */
  public record Note(double quarter, int key, float velocity) {}

  /** Strokes in 13 bytes each, so that a data set of a million fits beside the music. */
  private static final class PackedNotes extends AbstractList<Note> implements RandomAccess {
    private final double[] quarter;
    private final byte[] key;
    private final float[] velocity;

    PackedNotes(List<Note> notes) {
      quarter = notes.stream().mapToDouble(Note::quarter).toArray();
      key = new byte[quarter.length];
      velocity = new float[quarter.length];
      int i = 0;
      for (Note note : notes) {
        key[i] = (byte) note.key();
        velocity[i++] = note.velocity();
      }
    }

    @Override
    public Note get(int index) {
      return new Note(quarter[index], key[index], velocity[index]);
    }

    @Override
    public int size() {
      return quarter.length;
    }
  }

  /** A tempo in quarter notes a minute, and the place, in quarter notes, from which it holds. */
  public record Tempo(double quarter, double bpm) {}

  /** A time signature and the place, in quarter notes, from which it holds. */
  public record Metre(double quarter, int beats, int unit) {

    /** Length of one bar in quarter notes. */
    public double barQuarters() {
      return beats * 4.0 / unit;
    }

    /** As musicians write it, such as 6/8. */
    public String written() {
      return beats + "/" + unit;
    }
  }

  /**
   * What lies between two time signatures.
   *
   * @param firstBar number of its first bar in the piece, from 0
   * @param bars how many bars; a last one that is cut short counts
   */
  public record Passage(Metre metre, int firstBar, int bars) {

    /** Where a bar of the passage begins, in quarter notes from the start of the piece. */
    public double start(int bar) {
      return metre.quarter() + (bar - firstBar) * metre.barQuarters();
    }
  }

  public Song {
    tempi = List.copyOf(tempi);
    metres = List.copyOf(metres);
    notes = notes instanceof PackedNotes ? notes : new PackedNotes(notes);
    voices = Map.copyOf(new TreeMap<>(voices));
    if (tempi.isEmpty() || metres.isEmpty()) {
      throw new IllegalArgumentException(name + " has no tempo or no metre");
    }
  }

  /** A piece in one tempo, quarter notes a minute. */
  public Song(String name, double bpm, double quarters, List<Metre> metres, List<Note> notes) {
    this(name, quarters, List.of(new Tempo(0, bpm)), metres, notes, Map.of());
  }

  /** Quarter notes a minute where the piece starts. */
  public double bpm() {
    return tempi.get(0).bpm();
  }

  /** Quarter notes a minute at a place. */
  public double bpmAt(double quarter) {
    double bpm = bpm();
    for (Tempo tempo : tempi) {
      if (tempo.quarter() > quarter + 1e-9) {
        break;
      }
      bpm = tempo.bpm();
    }
    return bpm;
  }

  /** The passages in the order of time; bars are counted through the piece. */
  public List<Passage> passages() {
    List<Passage> passages = new ArrayList<>();
    int bar = 0;
    for (int i = 0; i < metres.size(); i++) {
      Metre metre = metres.get(i);
      double end = i + 1 < metres.size() ? metres.get(i + 1).quarter() : quarters;
      int bars = (int) Math.max(0, Math.ceil((end - metre.quarter()) / metre.barQuarters() - 1e-9));
      passages.add(new Passage(metre, bar, bars));
      bar += bars;
    }
    return passages;
  }

  /** Adds the bars of each metre, as it is written, to a count. */
  public void countBars(Map<String, Integer> barsByMetre) {
    passages()
        .forEach(each -> barsByMetre.merge(each.metre().written(), each.bars(), Integer::sum));
  }

  /** Bars of the longest passage in a metre, as it is written; 0 where there is none. */
  public int longestPassage(String metre) {
    return passages().stream()
        .filter(each -> each.metre().written().equals(metre))
        .mapToInt(Passage::bars)
        .max()
        .orElse(0);
  }

  public int bars() {
    return passages().stream().mapToInt(Passage::bars).sum();
  }
}
