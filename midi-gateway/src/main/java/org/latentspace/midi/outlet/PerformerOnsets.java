package org.latentspace.midi.outlet;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.performer.Onset;
import org.latentspace.performer.Origin;
import org.latentspace.wire.UnixClock;

/**
 * The onsets of the performers' sound, as strokes of one voice. Every message tells of its
 * performer's newest onset and how many there were, so one whose message was dropped is missed, and
 * counted.
 */
public final class PerformerOnsets {
  private static final int MOST_PERFORMERS = 64;

  private final LoopRecorder recorder;
  private final String voice;
  private final Function<String, String> ensembles;
  private final Function<String, Supplier<SongPosition>> songs;
  private final LongUnaryOperator nanoTime;
  private final Map<String, Heard> byPerformer = new HashMap<>();
  private final LongAdder missed = new LongAdder();

  /** Of a performer: where strokes go, and the newest onset. */
  private static final class Heard {
    private final HeardStrokes strokes;
    private long count;

    Heard(HeardStrokes strokes, long count) {
      this.strokes = strokes;
      this.count = count;
    }
  }

  /**
   * @param voice what an onset is
   * @param ensembles the name of the ensemble to whose bars a performer plays
   * @param songs where the song of an ensemble is
   * @param nanoTime Unix time in nanoseconds to {@link System#nanoTime}
   */
  public PerformerOnsets(
      LoopRecorder recorder,
      String voice,
      Function<String, String> ensembles,
      Function<String, Supplier<SongPosition>> songs,
      LongUnaryOperator nanoTime) {
    this.recorder = recorder;
    this.voice = voice;
    this.ensembles = ensembles;
    this.songs = songs;
    this.nanoTime = nanoTime;
  }

  /** Those of a performance, in the bars of the ensemble that each performer may lead. */
  public static PerformerOnsets of(LoopRecorder recorder, String voice, Performance performance) {
    return new PerformerOnsets(
        recorder,
        voice,
        performer -> performance.ensembleOf(performer).name(),
        ensemble -> () -> performance.ensemble(ensemble).position(),
        unix -> System.nanoTime() - (UnixClock.nanos() - unix));
  }

  /** Takes a message's onset if it is a new one; those of an offline run are left out. */
  public synchronized void hear(Origin origin) {
    Onset onset = origin.onset();
    if (origin.lossless() || onset.count() == 0) {
      return;
    }
    Heard heard = byPerformer.get(origin.performer());
    if (heard == null) {
      if (byPerformer.size() == MOST_PERFORMERS) {
        byPerformer.clear();
      }
      String ensemble = ensembles.apply(origin.performer());
      Source source = new Source("onsets", ensemble, origin.performer());
      HeardStrokes strokes = recorder.hear(source, songs.apply(ensemble));
      byPerformer.put(origin.performer(), new Heard(strokes, onset.count()));
      return;
    }
    long more = onset.count() - heard.count;
    heard.count = onset.count();
    if (more > 0) {
      missed.add(more - 1);
      heard.strokes.strike(voice, onset.velocity(), nanoTime.applyAsLong(onset.capturedNanos()));
    }
  }

  /** Onsets of which no message has come. */
  public long missed() {
    return missed.sum();
  }
}
