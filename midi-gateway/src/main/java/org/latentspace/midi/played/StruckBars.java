package org.latentspace.midi.played;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.latentspace.midi.played.BarAssembler.BarSection;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;

/**
 * Puts bars together from the strokes that have left for robots, not from those that were planned:
 * what was mute or too close is not there, and after a take-over inside the bar each cell has the
 * strokes of whom it belonged to. Bars that were cut or lost, and those in which nothing was
 * struck, are left out. Knows no thread and no clock.
 */
public final class StruckBars {
  // A song's bar is written as so many bars as its loop runs through, at so many times the tempo.
  private static final double FASTEST_BPM = 1000;
  private static final int MOST_VOICES = 24;

  // So many strokes cannot be on their way: a song that was cut has left them here.
  private static final int MOST_WAITING = 8192;

  private final Consumer<HeardBar> heard;
  private final List<BarSection> sections = new ArrayList<>();
  private final BarAssembler bars = new BarAssembler(sections::add, () -> {});
  // In the order in which they left; the bars that they belong to have not ended.
  private final List<Left> waiting = new ArrayList<>();
  private long beganGrain;
  private long beganNanos;

  private record Left(Pattern pattern, int stroke, long grain) {}

  public StruckBars(Consumer<HeardBar> heard) {
    this.heard = heard;
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#own}. */
  void own(Pattern owner, long bar, int step, double bpm, long nanos) {
    bars.own(owner, bar, step, bpm, nanos);
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#struck}. */
  void struck(Pattern pattern, int stroke, long grain) {
    if (waiting.size() == MOST_WAITING) {
      waiting.clear();
    }
    waiting.add(new Left(pattern, stroke, grain));
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#barLine}. */
  void barLine(long bar, long grain, long nanos) {
    bars.barLine(bar);
    close();
    beganGrain = grain;
    beganNanos = nanos;
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#halt}. */
  void halt(boolean wholeBar) {
    bars.halt(wholeBar);
    close();
    waiting.clear();
  }

  private void close() {
    if (!sections.isEmpty()) {
      HeardBar bar = bar(List.copyOf(sections));
      sections.clear();
      if (bar.rhythm().strokes().count() > 0) {
        heard.accept(bar);
      }
    }
  }

  private HeardBar bar(List<BarSection> parts) {
    BarSection first = parts.get(0);
    Grid grid = first.first().grid();
    Pattern[] owners = new Pattern[grid.stepsPerSongBar()];
    for (BarSection part : parts) {
      System.arraycopy(part.owners(), 0, owners, part.step(), part.owners().length);
    }
    TreeMap<Integer, List<Left>> byCell = new TreeMap<>();
    for (Iterator<Left> all = waiting.iterator(); all.hasNext(); ) {
      Left left = all.next();
      int cell = cell(left, owners, first.bar());
      if (cell >= 0) {
        byCell.computeIfAbsent(cell, c -> new ArrayList<>()).add(left);
        all.remove();
      } else if (left.grain < beganGrain) {
        // Of a bar that was cut.
        all.remove();
      }
    }
    int division = grid.division();
    Grid written = new Grid(division, grid.beatsPerBar(), grid.beatUnit(), grid.stepsPerBeat(), 1);
    Rhythm rhythm = first.first();
    List<String> voices = voices(owners, byCell);
    return new HeardBar(
        new Rhythm(
            rhythm.origin(),
            rhythm.modelVersion(),
            written,
            voices,
            strokes(byCell, voices),
            new float[0]),
        first.bar(),
        Math.min(FASTEST_BPM, first.bpm() * division),
        beganNanos);
  }

  /** The cell of the bar that a stroke belongs to, or -1: it is of another bar. */
  private int cell(Left left, Pattern[] owners, long bar) {
    Grid grid = owners[0].grid();
    if (!left.pattern.grid().equals(grid)) {
      return -1;
    }
    int begins = grid.loopStep(bar, 0);
    int found = -1;
    long nearest = grid.halfStepGrains() + grid.beatGrains() / 6 + 1;
    for (int cell = Math.floorMod(left.pattern.step(left.stroke) - begins, grid.steps());
        cell < owners.length;
        cell += grid.steps()) {
      long away = Math.abs(left.grain - beganGrain - cell * grid.stepGrains());
      if (owners[cell] == left.pattern && away <= nearest) {
        nearest = away;
        found = cell;
      }
    }
    return found;
  }

  /** Of all rhythms of the bar; where those are too many, of those that were struck. */
  private static List<String> voices(Pattern[] owners, TreeMap<Integer, List<Left>> byCell) {
    Set<String> all = new LinkedHashSet<>();
    for (Pattern owner : owners) {
      all.addAll(owner.rhythm().voices());
    }
    if (all.size() > MOST_VOICES) {
      all.clear();
      byCell.values().forEach(cell -> cell.forEach(l -> all.add(l.pattern.voice(l.stroke))));
    }
    return all.stream().limit(MOST_VOICES).toList();
  }

  private static Rhythm.Strokes strokes(TreeMap<Integer, List<Left>> byCell, List<String> voices) {
    TreeMap<Integer, Left> ordered = new TreeMap<>();
    byCell.forEach(
        (cell, all) -> {
          for (Left left : all) {
            int voice = voices.indexOf(left.pattern.voice(left.stroke));
            if (voice >= 0) {
              ordered.putIfAbsent(cell * MOST_VOICES + voice, left);
            }
          }
        });
    int count = ordered.size();
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(new int[count], new int[count], new float[count], new float[count]);
    int i = 0;
    for (var entry : ordered.entrySet()) {
      Left left = entry.getValue();
      strokes.step()[i] = entry.getKey() / MOST_VOICES;
      strokes.voice()[i] = entry.getKey() % MOST_VOICES;
      strokes.velocity()[i] = left.pattern.velocity(left.stroke);
      Grid grid = left.pattern.grid();
      strokes.offset()[i] = (float) left.pattern.offset(left.stroke) / grid.halfStepGrains();
      i++;
    }
    return strokes;
  }
}
