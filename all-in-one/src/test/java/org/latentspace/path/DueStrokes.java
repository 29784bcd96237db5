package org.latentspace.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.model.Grid;
import org.latentspace.vae.rhythm.Rhythm;

/**
 * Says which strokes are due, the slow way and from the rhythms alone: first which rhythm is in
 * force in each cell of the song, then all strokes of all cells. At 120 beats a minute, on the
 * default grid.
 */
final class DueStrokes {
  // 960 000 grains to a quarter note of half a second; twelve cells to a quarter note.
  private static final long GRAINS = 192;
  private static final long NANOS = 100_000;
  private static final long CELL = 80_000;
  private static final long HALF_CELL = CELL / 2;
  private static final Map<String, Integer> NOTES =
      Map.of(
          "kick",
          36,
          "snare",
          38,
          "closed-hat",
          42,
          "open-hat",
          46,
          "low-tom",
          45,
          "mid-tom",
          47,
          "high-tom",
          50,
          "clap",
          39,
          "ride",
          51);

  private record HandedOver(Rhythm rhythm, long grain) {}

  private final int cellsPerLine;
  private final List<HandedOver> handed = new ArrayList<>();
  private final Set<String> played = new HashSet<>();
  private long beginNanos;

  DueStrokes(TakeOver takeOver) {
    cellsPerLine =
        switch (takeOver) {
          case CELL -> 1;
          case BEAT -> 12;
          case BAR -> 48;
        };
  }

  /** The song begins with the first rhythm that has a stroke. */
  void handOver(Rhythm rhythm, long nowNanos) {
    if (!rhythm.grid().equals(Grid.STANDARD)) {
      throw new IllegalArgumentException("only the default grid");
    }
    if (handed.isEmpty()) {
      if (rhythm.strokes() == 0) {
        return;
      }
      beginNanos = nowNanos;
    }
    handed.add(new HandedOver(rhythm, grain(nowNanos)));
  }

  private long grain(long nowNanos) {
    return Math.floorDiv((nowNanos - beginNanos) * GRAINS, NANOS);
  }

  /** What must have been struck by now: each with the earliest moment at which it may sound. */
  List<String> strokesUntil(long nowNanos) {
    long end = grain(nowNanos);
    List<String> due = new ArrayList<>();
    int owner = 0;
    for (long cell = 0; cell * CELL - HALF_CELL <= end; cell++) {
      long opening = cell * CELL - HALF_CELL;
      while (cell % cellsPerLine == 0
          && owner + 1 < handed.size()
          && handed.get(owner + 1).grain() < opening) {
        owner++;
      }
      add(handed.get(owner).rhythm(), cell, end, due);
    }
    due.sort(null);
    return due;
  }

  private void add(Rhythm rhythm, long cell, long end, List<String> due) {
    int loopStep = (int) (cell % rhythm.grid().steps());
    played.add(rhythm.modelVersion());
    for (int i = 0; i < rhythm.strokes(); i++) {
      if (rhythm.step()[i] == loopStep) {
        int offset = Math.round(rhythm.offset()[i] * HALF_CELL);
        long grain = Math.max(0, cell * CELL + offset);
        int note = NOTES.get(rhythm.voices().get(rhythm.voice()[i]));
        int velocity = Math.max(1, Math.round(rhythm.velocity()[i] * 127));
        if (grain <= end) {
          due.add(text(grain, note, velocity));
        }
      }
    }
  }

  /** One stroke as a line that sorts by time. */
  static String text(long grain, int note, int velocity) {
    return String.format("grain %012d note %d velocity %d", grain, note, velocity);
  }

  /** The first nanosecond of the song at which this place is reached. */
  static long nanos(long grain) {
    return -Math.floorDiv(-grain * NANOS, GRAINS);
  }

  /** How many models own a cell. */
  int modelsThatPlayed() {
    return played.size();
  }
}
