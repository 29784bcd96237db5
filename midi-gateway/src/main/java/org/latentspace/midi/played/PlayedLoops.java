package org.latentspace.midi.played;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.latentspace.midi.played.BarAssembler.BarSection;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;

/**
 * Recognises loops in what was struck, from a bar line on, whatever took over where.
 *
 * <pre>
 *   bars           |  a  |  b  |  b  |  c  | d/e |  f  |     loops of two bars; d/e: a take-over
 *   loops                |-----b-----|-----c+d/e-|           inside the bar
 * </pre>
 *
 * BarAssembler that one rhythm fills from a bar line to the length of its loop are that loop.
 * BarAssembler between such loops make loops too, in which each step bears what was struck there;
 * what is then left over is shorter than a loop and is left out. All rhythms of a loop are on one
 * grid with the same voices. Knows no thread and no clock.
 */
public final class PlayedLoops {
  private final Predicate<String> voices;
  private final RepeatCounter repeats;
  private final BarAssembler bars = new BarAssembler(this::add, this::rest);
  // Consecutive parts that no loop has taken yet; fewer than twice a loop's.
  private final List<BarSection> open = new ArrayList<>();

  /**
   * @param voices those that something strikes; strokes of others are left out
   * @param recorded gets each loop once, with how often it was played in a row
   */
  public PlayedLoops(Predicate<String> voices, Consumer<PlayedLoop> recorded) {
    this.voices = voices;
    repeats = new RepeatCounter(recorded);
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#own}. */
  void own(Pattern owner, long bar, int step, double bpm, long nanos) {
    bars.own(owner, bar, step, bpm, nanos);
  }

  /** See {@link org.latentspace.midi.time.PlaybackListener#barLine}. */
  void barLine(long bar) {
    bars.barLine(bar);
  }

  /**
   * See {@link org.latentspace.midi.time.PlaybackListener#halt}; hands on what has been counted so
   * far.
   */
  void halt(boolean wholeBar) {
    bars.halt(wholeBar);
    repeats.flush();
  }

  private void add(BarSection part) {
    if (!part.fits(open.isEmpty() ? part.first() : open.get(0).first())) {
      rest();
    }
    if (!part.fits(part.first())) {
      return;
    }
    open.add(part);
    Grid grid = part.first().grid();
    int length = grid.steps() / part.owners().length;
    int run = pureRun();
    if (run >= length) {
      take(open.size() - length, length);
    } else if (open.size() - run >= length) {
      take(0, length);
    }
  }

  /** How many of the newest parts one rhythm fills. */
  private int pureRun() {
    int newest = open.size() - 1;
    if (!open.get(newest).isPure()) {
      return 0;
    }
    Rhythm rhythm = open.get(newest).first();
    int run = 1;
    while (run <= newest && open.get(newest - run).ownedBy(rhythm)) {
      run++;
    }
    return run;
  }

  /** What came is no longer followed upon: what is left may still be a loop. */
  private void rest() {
    if (!open.isEmpty()) {
      int length = open.get(0).first().grid().steps() / open.get(0).owners().length;
      if (open.size() >= length) {
        take(0, length);
      }
      open.clear();
    }
  }

  /** Makes a loop of parts; those before them are left out. */
  private void take(int from, int length) {
    BarSection first = open.get(from);
    Pattern[] owners = new Pattern[first.first().grid().steps()];
    for (BarSection part : open.subList(from, from + length)) {
      for (int cell = 0; cell < part.owners().length; cell++) {
        owners[part.loopStep(cell)] = part.owners()[cell];
      }
    }
    open.subList(0, from + length).clear();
    repeats.accept(
        new PlayedLoop(
            struck(first.first(), owners), first.bar(), first.bpm(), first.beganNanos(), 1));
  }

  /** The strokes of every step, from the rhythm that owned it. */
  private Rhythm struck(Rhythm first, Pattern[] owners) {
    int most = owners.length * first.voices().size();
    Rhythm.Strokes struck =
        new Rhythm.Strokes(new int[most], new int[most], new float[most], new float[most]);
    int count = 0;
    boolean mixed = false;
    for (int step = 0; step < owners.length; step++) {
      Rhythm rhythm = owners[step].rhythm();
      mixed |= !rhythm.sameStrokes(first);
      count = copy(rhythm, step, struck, count);
    }
    return new Rhythm(
        first.origin(),
        first.modelVersion(),
        first.grid(),
        first.voices(),
        shortened(struck, count),
        mixed ? new float[0] : first.position());
  }

  private int copy(Rhythm from, int step, Rhythm.Strokes to, int at) {
    Rhythm.Strokes strokes = from.strokes();
    int i = Arrays.binarySearch(strokes.step(), step);
    while (i > 0 && strokes.step()[i - 1] == step) {
      i--;
    }
    int count = at;
    for (; i >= 0 && i < strokes.count() && strokes.step()[i] == step; i++) {
      if (voices.test(from.voices().get(strokes.voice()[i]))) {
        to.step()[count] = step;
        to.voice()[count] = strokes.voice()[i];
        to.velocity()[count] = strokes.velocity()[i];
        to.offset()[count] = strokes.offset()[i];
        count++;
      }
    }
    return count;
  }

  private static Rhythm.Strokes shortened(Rhythm.Strokes strokes, int count) {
    return new Rhythm.Strokes(
        Arrays.copyOf(strokes.step(), count),
        Arrays.copyOf(strokes.voice(), count),
        Arrays.copyOf(strokes.velocity(), count),
        Arrays.copyOf(strokes.offset(), count));
  }

  /**
   * Makes one of equal loops in a row. It is handed on when another comes, when the music stops,
   * and after {@value #MOST} at the latest, so that a crash loses little.
   */
  static final class RepeatCounter implements Consumer<PlayedLoop> {
    static final int MOST = 64;

    private final Consumer<PlayedLoop> next;
    private PlayedLoop running;

    RepeatCounter(Consumer<PlayedLoop> next) {
      this.next = next;
    }

    /** Loops in which nothing was struck end a row and go no further. */
    @Override
    public void accept(PlayedLoop loop) {
      if (running != null && running.same(loop)) {
        running = running.times(running.times() + loop.times());
      } else {
        flush();
        running = loop.rhythm().strokes().count() == 0 ? null : loop;
      }
      if (running != null && running.times() >= MOST) {
        flush();
      }
    }

    void flush() {
      if (running != null) {
        next.accept(running);
        running = null;
      }
    }
  }

  /**
   * A loop that was struck from its first cell to its last.
   *
   * @param rhythm what was struck; its origin names the performer who led
   * @param bar of the song in which it began
   * @param bpm the song's tempo there, in quarter notes a minute
   * @param beganNanos of {@link System#nanoTime}
   * @param times how often it was played in a row, 1 or more
   */
  public record PlayedLoop(Rhythm rhythm, long bar, double bpm, long beganNanos, int times) {

    /** The same, played so often. */
    PlayedLoop times(int many) {
      return new PlayedLoop(rhythm, bar, bpm, beganNanos, many);
    }

    /** Whether it is the same loop of the same performer. */
    boolean same(PlayedLoop other) {
      return rhythm.sameStrokes(other.rhythm)
          && rhythm.origin().performer().equals(other.rhythm.origin().performer());
    }
  }
}
