package org.latentspace.midi.outlet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.played.LookBack.Take;
import org.latentspace.midi.played.PlayedLoops;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.played.PlayedRing.RecordingState;
import org.latentspace.midi.played.StruckBars;
import org.latentspace.midi.played.Takes;
import org.latentspace.midi.time.PlaybackListener;
import org.latentspace.midi.time.SongPosition;

/**
 * Hears what is struck: holds the newest bars, and records for the data set.
 *
 * <pre>
 *   timing thread --> PlayedRing of each ensemble --> this thread: PlayedLoops (recording) --> RecordedRhythms
 *                                                              +-> StruckBars --> LookBack ----^ KeepHeard
 *   pads --> HeardStrokes --> this thread: bars --> LookBack, Takes (recording) --> RecordedRhythms
 * </pre>
 *
 * The music waits for none of it.
 */
public class LoopRecorder implements AutoCloseable {
  private static final long TURN_NANOS = 50_000_000;
  private static final long END_MS = 2_000;

  private final Map<String, Recording> byEnsemble = new ConcurrentHashMap<>();
  private final Map<Source, Playing> bySource = new ConcurrentHashMap<>();
  private final RecordedRhythms records;
  private final LookBack lookBack;
  private final Set<String> recorded;
  private final Thread thread = new Thread(this::run, "midi-recorder");

  private volatile boolean on;
  private volatile boolean open = true;

  /** What one ensemble plays, on its way to the disk. */
  private record Recording(PlayedRing ring, PlayedLoops loops, StruckBars bars) {}

  /** What somebody plays to the song, on its way to the disk. */
  private record Playing(HeardStrokes strokes, Takes takes) {}

  /** A record that is on the disk. */
  public record Kept(String key, Take take) {}

  /**
   * @param recorded of "model", "pads" and "onsets" those that are recorded while recording is on
   */
  public LoopRecorder(RecordedRhythms records, LookBack lookBack, Set<String> recorded) {
    this.recorded = recorded;
    this.records = records;
    this.lookBack = lookBack;
    thread.setDaemon(true);
  }

  public void start() {
    records.start();
    thread.start();
  }

  /**
   * The queue that the timing thread writes to for an ensemble.
   *
   * @param ensemble 1..64 characters of [A-Za-z0-9_-]
   * @param struck whether anything strikes a voice
   */
  public PlaybackListener listen(String ensemble, Predicate<String> struck) {
    return byEnsemble.computeIfAbsent(
            ensemble,
            name -> {
              PlayedRing ring = new PlayedRing();
              ring.record(on && recorded.contains("model"));
              Source source = new Source("robot", name, "");
              return new Recording(
                  ring,
                  new PlayedLoops(struck, loop -> records.keep(name, loop)),
                  new StruckBars(bar -> lookBack.add(source, bar)));
            })
        .ring;
  }

  /**
   * Where the strokes of somebody go who plays to the song.
   *
   * @param song where it is now
   */
  public HeardStrokes hear(Source source, Supplier<SongPosition> song) {
    return bySource.computeIfAbsent(
            source,
            who -> {
              Takes takes = new Takes(who, take -> records.keep(who, take.bars(), false));
              HeardStrokes strokes =
                  new HeardStrokes(
                      who.performer(),
                      song,
                      bar -> {
                        lookBack.add(who, bar);
                        if (on && recorded.contains(who.kind())) {
                          takes.add(bar);
                        }
                      });
              return new Playing(strokes, takes);
            })
        .strokes;
  }

  /** Begins to record, or stops, which is like an end of the music. On the timing thread. */
  public void record(boolean whether) {
    on = whether;
    boolean loops = whether && recorded.contains("model");
    byEnsemble.values().forEach(recording -> recording.ring.record(loops));
  }

  /** The newest bars of everybody who strikes. */
  public LookBack lookBack() {
    return lookBack;
  }

  /**
   * Records the newest bars of a source, as they were struck.
   *
   * @param asked what is empty in it does not matter
   * @param most 1..{@value LookBack#BARS}
   * @return completes when they are on the disk; fails if they cannot be kept
   * @throws java.util.NoSuchElementException nothing is held of it
   */
  public CompletionStage<List<Kept>> keepHeard(Source asked, int most) {
    CompletionStage<List<Kept>> all = CompletableFuture.completedFuture(List.of());
    for (Take run : lookBack.last(asked, most).runs()) {
      CompletionStage<String> key = records.keep(run.source(), run.bars(), true);
      all =
          all.thenCombine(
              key,
              (before, name) -> {
                List<Kept> more = new ArrayList<>(before);
                more.add(new Kept(name, run));
                return List.copyOf(more);
              });
    }
    return all;
  }

  /** Whose strokes are heard, and "ok" or what is missing there. */
  public Map<Source, String> heard() {
    Map<Source, String> all = new TreeMap<>(Comparator.comparing(Source::toString));
    bySource.forEach((source, playing) -> all.put(source, playing.strokes.status()));
    return all;
  }

  /** Strokes of those who play to the song that were taken, or found no room. */
  public long strokes(boolean taken) {
    return bySource.values().stream()
        .mapToLong(p -> taken ? p.strokes.strokes() : p.strokes.lost())
        .sum();
  }

  /** State of the recording; any thread may ask. */
  public RecordingState state() {
    return new RecordingState(
        on,
        records.recorded(),
        records.lost() + byEnsemble.values().stream().mapToLong(r -> r.ring.lost()).sum(),
        records.waiting(),
        records.status());
  }

  private void run() {
    while (open) {
      drain();
      LockSupport.parkNanos(this, TURN_NANOS);
    }
    drain();
  }

  private void drain() {
    byEnsemble.values().forEach(r -> r.ring.drain(r.loops, r.bars));
    long now = System.nanoTime();
    for (Playing playing : bySource.values()) {
      boolean goesOn = playing.strokes.drain(now);
      if (!on || !goesOn) {
        playing.takes.flush();
      }
    }
  }

  /** Keeps what has been played, when nothing is played any more. Returns within 4 s or so. */
  @Override
  public void close() {
    record(false);
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join(END_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    records.close();
  }
}
