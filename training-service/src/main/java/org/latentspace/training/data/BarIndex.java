package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;
import org.latentspace.training.rhythm.Song.Passage;

/**
 * Every bar of the data set as a set of bits, and how far another bar is from the nearest: 1 - what
 * both strike / what either strikes (Jaccard's distance), 0..1.
 *
 * <p>A person never plays a bar twice alike, so strokes of a voice count as the same where they lie
 * at most one step apart, {@value #STEPS_PER_QUARTER} a quarter note; and ghost notes, softer than
 * a third of the bar's loudest stroke, do not count. Bars of different metres have nothing in
 * common. Not safe for several threads.
 */
final class BarIndex {
  static final int STEPS_PER_QUARTER = 24;

  // A stroke so close before a bar line is meant for it: half a twelfth of a quarter note.
  private static final double EARLY_QUARTERS = 1.0 / 24;
  private static final float GHOST = 1 / 3f;
  private static final int LONGEST_BAR_QUARTERS = 24;
  // For keys that the kit does not know, so that they do not vanish.
  private static final int FURTHER_VOICES = 5;

  private final KitMap kit;
  private final int voices;
  private final Map<String, Metre> metres = new HashMap<>();
  private int size;

  /**
   * @param kit says which keys are the same voice
   */
  BarIndex(KitMap kit) {
    this.kit = kit;
    voices = kit.voices().size() + FURTHER_VOICES;
  }

  /**
   * A bar.
   *
   * @param struck a bit for each stroke, step by step, the voices of a step side by side
   * @param near the same with the steps at either side
   */
  record Bar(String metre, long[] struck, long[] near, int strokes) {}

  /** All bars of a metre, one behind the other. */
  private static final class Metre {
    private final int words;
    private final List<String> piece = new ArrayList<>();
    private long[] struck = {};
    private long[] near = {};
    private int[] strokes = {};

    Metre(int words) {
      this.words = words;
    }

    void add(String of, Bar bar) {
      int at = piece.size();
      if (at == strokes.length) {
        int room = Math.max(64, 2 * at);
        struck = Arrays.copyOf(struck, room * words);
        near = Arrays.copyOf(near, room * words);
        strokes = Arrays.copyOf(strokes, room);
      }
      put(at, bar.struck, bar.near, bar.strokes);
      piece.add(of);
    }

    private void put(int at, long[] bits, long[] around, int count) {
      System.arraycopy(bits, 0, struck, at * words, words);
      System.arraycopy(around, 0, near, at * words, words);
      strokes[at] = count;
    }

    /** Returns how many went. */
    int remove(String of) {
      int stay = 0;
      for (int i = 0; i < piece.size(); i++) {
        if (!piece.get(i).equals(of)) {
          System.arraycopy(struck, i * words, struck, stay * words, words);
          System.arraycopy(near, i * words, near, stay * words, words);
          strokes[stay] = strokes[i];
          piece.set(stay++, piece.get(i));
        }
      }
      int went = piece.size() - stay;
      piece.subList(stay, piece.size()).clear();
      return went;
    }

    /** The greatest likeness of a bar to any here, 0..1. */
    double greatest(Bar bar) {
      double greatest = 0;
      int count = piece.size();
      for (int i = 0; i < count; i++) {
        double both = Math.min(bar.strokes, strokes[i]);
        double either = Math.max(bar.strokes, strokes[i]);
        if (both > greatest * either) {
          greatest = Math.max(greatest, likeness(bar, i));
        }
      }
      return greatest;
    }

    private double likeness(Bar bar, int at) {
      int ofBar = 0;
      int ofOther = 0;
      int begin = at * words;
      for (int word = 0; word < words; word++) {
        ofBar += Long.bitCount(bar.struck[word] & near[begin + word]);
        ofOther += Long.bitCount(bar.near[word] & struck[begin + word]);
      }
      // Two strokes side by side have one stroke of the other bar in common.
      double most = Math.min(bar.strokes, strokes[at]);
      double both = Math.min(most, (ofBar + ofOther) / 2.0);
      return both / (bar.strokes + strokes[at] - both);
    }
  }

  /** The bars of a piece; null in the place of those without strokes or longer than any. */
  Bar[] bars(Song song) {
    Bar[] bars = new Bar[song.bars()];
    List<Note> notes = song.notes();
    int next = 0;
    for (Passage passage : song.passages()) {
      double quarters = passage.metre().barQuarters();
      for (int bar = passage.firstBar(); bar < passage.firstBar() + passage.bars(); bar++) {
        double start = passage.start(bar);
        int from = next;
        while (next < notes.size()
            && notes.get(next).quarter() < start + quarters - EARLY_QUARTERS) {
          next++;
        }
        bars[bar] =
            next == from || quarters > LONGEST_BAR_QUARTERS
                ? null
                : bar(passage, start, notes.subList(from, next), song.voices());
      }
    }
    return bars;
  }

  private Bar bar(Passage passage, double start, List<Note> notes, Map<Integer, String> names) {
    int steps = (int) Math.ceil(passage.metre().barQuarters() * STEPS_PER_QUARTER);
    long[] struck = new long[(steps * voices + 63) / 64];
    float loudest = 0;
    for (Note note : notes) {
      loudest = Math.max(loudest, note.velocity());
    }
    for (Note note : notes) {
      if (note.velocity() >= GHOST * loudest) {
        long step = Math.round((note.quarter() - start) * STEPS_PER_QUARTER);
        int place = (int) Math.max(0, Math.min(steps - 1, step));
        set(struck, place * voices + voice(note.key(), names));
      }
    }
    int strokes = 0;
    long[] near = struck.clone();
    for (int bit = 0; bit < steps * voices; bit++) {
      if ((struck[bit >> 6] >> bit & 1) != 0) {
        strokes++;
        set(near, bit < voices ? bit : bit - voices);
        set(near, bit + voices < steps * voices ? bit + voices : bit);
      }
    }
    return new Bar(passage.metre().written(), struck, near, strokes);
  }

  private static void set(long[] bits, int bit) {
    bits[bit >> 6] |= 1L << bit;
  }

  /** By its name where it has one, as a kit reads recorded strokes. */
  private int voice(int key, Map<Integer, String> names) {
    String name = names.get(key);
    int known = name == null ? -1 : kit.voiceNamed(name).orElse(-1);
    if (known < 0 && name == null) {
      known = kit.voiceOf(key).orElse(-1);
    }
    int further = Math.floorMod(name == null ? key : name.hashCode(), FURTHER_VOICES);
    return known >= 0 ? known : kit.voices().size() + further;
  }

  /** Takes the bars of a piece in. */
  void add(Piece piece) {
    for (Bar bar : bars(piece.song())) {
      if (bar != null) {
        metres
            .computeIfAbsent(bar.metre, metre -> new Metre(bar.struck.length))
            .add(piece.id(), bar);
        size++;
      }
    }
  }

  /** Lets the bars of a piece go. */
  void remove(String piece) {
    for (Metre metre : metres.values()) {
      size -= metre.remove(piece);
    }
  }

  void clear() {
    metres.clear();
    size = 0;
  }

  /** The same for each bar of a piece; NaN for those without strokes. */
  double[] distances(Song song) {
    return Arrays.stream(bars(song))
        .mapToDouble(bar -> bar == null ? Double.NaN : distance(bar))
        .toArray();
  }

  /** The distance to the nearest bar, 0..1; 1 where there is none of the metre. */
  double distance(Bar bar) {
    Metre metre = metres.get(bar.metre);
    return metre == null ? 1 : 1 - metre.greatest(bar);
  }

  /** Bars in it. */
  int size() {
    return size;
  }
}
