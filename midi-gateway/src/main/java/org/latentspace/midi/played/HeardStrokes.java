package org.latentspace.midi.played;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.performer.Origin;

/**
 * Puts what somebody plays to the song into its bars: each stroke into the cell whose line is
 * nearest, {@value #STEPS_PER_BEAT} a beat, with how far it lies from it and how loud it is.
 * Strokes come on any thread; bars are made on the reader's.
 *
 * <p>A stroke up to half a step before a bar line is the next bar's. Of two strokes of a voice in
 * one cell the second goes to the neighbour at its side, where that is free; else the louder stays.
 * While the song does not run there are no bars.
 */
public final class HeardStrokes {
  static final int STEPS_PER_BEAT = 12;
  private static final int MOST_WAITING = 4096;
  private static final int MOST_VOICES = 24;
  // A device may hand a stroke over so late.
  private static final long PATIENCE_NANOS = 100_000_000;

  private final String performer;
  private final Supplier<SongPosition> song;
  private final Consumer<HeardBar> heard;
  private final BlockingQueue<Stroke> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder strokes = new LongAdder();
  private final LongAdder lost = new LongAdder();

  private volatile String status = "ok";

  // Of the reader: the bar that is being played, null if none.
  private Open open;
  // The newest bar that is over.
  private long newest = Long.MIN_VALUE;

  private record Stroke(String voice, float velocity, long nanos, SongPosition song) {}

  /** A bar that is being played: by voice, then step, its velocity and offset. */
  private record Open(
      long bar,
      double bpm,
      long beganNanos,
      Grid grid,
      Map<String, TreeMap<Integer, float[]>> cells) {}

  /**
   * @param song where the song is now
   * @param heard gets every bar in which something was struck, when it is over
   */
  public HeardStrokes(String performer, Supplier<SongPosition> song, Consumer<HeardBar> heard) {
    this.performer = performer;
    this.song = song;
    this.heard = heard;
  }

  /**
   * Takes a stroke; what finds no room is counted. Any thread; never waits.
   *
   * @param velocity 0..1
   * @param nanos when it was played, of {@link System#nanoTime}
   */
  public void strike(String voice, float velocity, long nanos) {
    SongPosition now = song.get();
    if (now.playing()) {
      boolean taken = waiting.offer(new Stroke(voice, velocity, nanos, now));
      (taken ? strokes : lost).increment();
    }
  }

  /** "ok", or what is missing where they come from. */
  public String status() {
    return status;
  }

  public void status(String now) {
    status = now;
  }

  /** Strokes that were taken. */
  public long strokes() {
    return strokes.sum();
  }

  /** Strokes that found no room. */
  public long lost() {
    return lost.sum();
  }

  /**
   * Puts what has come into its bars, and hands on those that are over.
   *
   * @return whether somebody plays: a bar is open, or the one before may yet be followed
   */
  public boolean drain(long nowNanos) {
    for (Stroke stroke = waiting.poll(); stroke != null; stroke = waiting.poll()) {
      put(stroke);
    }
    SongPosition now = song.get();
    if (!now.playing()) {
      // A bar that was stopped is none.
      open = null;
      return false;
    }
    long bar = bar(now, nowNanos - PATIENCE_NANOS);
    if (open != null && bar != open.bar && bar(now, nowNanos) != open.bar) {
      close();
    }
    return open != null || bar == newest || bar == newest + 1;
  }

  /** Steps from the newest bar line that was known then; also beyond the bar's end. */
  private static double steps(SongPosition song, long nanos) {
    double quarters = (nanos - song.barNanos()) * song.bpm() / 60e9;
    return quarters * STEPS_PER_BEAT * song.grid().beatUnit() / 4;
  }

  private static long bar(SongPosition song, long nanos) {
    long step = Math.round(steps(song, nanos));
    return song.bar() + Math.floorDiv(step, (long) song.grid().beatsPerBar() * STEPS_PER_BEAT);
  }

  private void put(Stroke stroke) {
    SongPosition at = stroke.song;
    int perBar = at.grid().beatsPerBar() * STEPS_PER_BEAT;
    double exact = steps(at, stroke.nanos);
    long bar = bar(at, stroke.nanos);
    if (open == null || open.bar != bar) {
      close();
      long began =
          stroke.nanos - Math.round((exact - (bar - at.bar()) * perBar) / perBar * nanos(at));
      Grid grid = new Grid(1, at.grid().beatsPerBar(), at.grid().beatUnit(), STEPS_PER_BEAT, 1);
      open = new Open(bar, at.bpm(), began, grid, new TreeMap<>());
    }
    boolean known = open.cells.containsKey(stroke.voice);
    if (known || open.cells.size() < MOST_VOICES) {
      double inBar = exact - (bar - at.bar()) * perBar;
      put(open.cells.computeIfAbsent(stroke.voice, v -> new TreeMap<>()), inBar, stroke.velocity);
    }
  }

  /** How long a bar lasts. */
  private static double nanos(SongPosition song) {
    return song.grid().barGrains() * 60e9 / Grid.GRAINS_PER_QUARTER / song.bpm();
  }

  private void put(TreeMap<Integer, float[]> cells, double place, float velocity) {
    int step = (int) Math.round(place);
    int side = place >= step ? step + 1 : step - 1;
    boolean sideIsFree = side >= 0 && side < open.grid.steps() && !cells.containsKey(side);
    int cell = cells.containsKey(step) && sideIsFree ? side : step;
    float offset = (float) Math.max(-1, Math.min(1, 2 * (place - cell)));
    cells.merge(cell, new float[] {velocity, offset}, (one, two) -> one[0] >= two[0] ? one : two);
  }

  private void close() {
    if (open == null) {
      return;
    }
    List<String> voices = List.copyOf(open.cells.keySet());
    TreeMap<Integer, float[]> ordered = new TreeMap<>();
    for (int voice = 0; voice < voices.size(); voice++) {
      for (Map.Entry<Integer, float[]> cell : open.cells.get(voices.get(voice)).entrySet()) {
        ordered.put(cell.getKey() * MOST_VOICES + voice, cell.getValue());
      }
    }
    int count = ordered.size();
    Rhythm.Strokes all =
        new Rhythm.Strokes(new int[count], new int[count], new float[count], new float[count]);
    int i = 0;
    for (Map.Entry<Integer, float[]> stroke : ordered.entrySet()) {
      all.step()[i] = stroke.getKey() / MOST_VOICES;
      all.voice()[i] = stroke.getKey() % MOST_VOICES;
      all.velocity()[i] = stroke.getValue()[0];
      all.offset()[i] = stroke.getValue()[1];
      i++;
    }
    Origin origin = new Origin(performer, 0, 0, 0, false, false);
    Rhythm rhythm = new Rhythm(origin, "", open.grid, voices, all, new float[0]);
    HeardBar bar = new HeardBar(rhythm, open.bar, open.bpm, open.beganNanos);
    newest = open.bar;
    open = null;
    heard.accept(bar);
  }
}
