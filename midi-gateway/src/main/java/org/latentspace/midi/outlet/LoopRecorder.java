package org.latentspace.midi.outlet;

import com.google.protobuf.Timestamp;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.latentspace.kept.KeptId;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.midi.played.PlayedLoops;
import org.latentspace.midi.played.PlayedLoops.PlayedLoop;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.played.PlayedRing.RecordingState;
import org.latentspace.midi.time.PlaybackListener;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.wire.UnixClock;

/**
 * Records played loops for the data set: topic recorded-rhythms.
 *
 * <pre>
 *   timing thread --> PlayedRing of each ensemble --> this thread: PlayedLoops --> RecordedRhythm --> disk --> log
 * </pre>
 *
 * The music waits for none of it.
 */
public class LoopRecorder implements AutoCloseable {
  private static final long TURN_NANOS = 50_000_000;
  private static final long END_MS = 2_000;

  private final Map<String, Recording> byEnsemble = new ConcurrentHashMap<>();
  private final Supplier<KeptOutlet> opening;
  private final RandomGenerator chance;
  private final Thread thread = new Thread(this::run, "midi-recorder");
  private final LongAdder recorded = new LongAdder();
  private final LongAdder lost = new LongAdder();

  // Null until the start.
  private volatile KeptOutlet outlet;
  // Used by the recorder's thread, and after its end by the closing thread.
  private CompletionStage<Void> newest = CompletableFuture.completedFuture(null);

  private volatile String fault = "";
  private volatile boolean on;
  private volatile boolean open = true;

  /** What one ensemble plays, on its way to the disk. */
  private record Recording(PlayedRing ring, PlayedLoops loops) {}

  /**
   * @param opening opens the disk, at the start
   * @param chance makes the records' names
   */
  public LoopRecorder(Supplier<KeptOutlet> opening, RandomGenerator chance) {
    this.opening = opening;
    this.chance = chance;
    thread.setDaemon(true);
  }

  public void start() {
    outlet = opening.get();
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
              ring.take(on);
              return new Recording(ring, new PlayedLoops(struck, loop -> keep(name, loop)));
            })
        .ring;
  }

  /** Begins to record, or stops, which is like an end of the music. On the timing thread. */
  public void take(boolean whether) {
    on = whether;
    byEnsemble.values().forEach(recording -> recording.ring.take(whether));
  }

  /** State of the recording; any thread may ask. */
  public RecordingState state() {
    KeptOutlet now = outlet;
    String status = now == null ? "ok" : now.status();
    return new RecordingState(
        on,
        recorded.sum(),
        lost.sum() + byEnsemble.values().stream().mapToLong(r -> r.ring.lost()).sum(),
        now == null ? 0 : now.waiting(),
        status.equals("ok") && !fault.isEmpty() ? fault : status);
  }

  private void run() {
    while (open) {
      drain();
      LockSupport.parkNanos(this, TURN_NANOS);
    }
    drain();
  }

  private void drain() {
    byEnsemble.values().forEach(recording -> recording.ring.drain(recording.loops));
  }

  private void keep(String ensemble, PlayedLoop loop) {
    long playedNanos = UnixClock.nanos() - (System.nanoTime() - loop.beganNanos());
    String name = KeptId.make(playedNanos / 1_000_000, chance);
    byte[] value = message(ensemble, loop, name, playedNanos).toByteArray();
    newest =
        outlet.keep(ensemble + "/" + name, value).whenComplete((done, failure) -> note(failure));
  }

  private void note(Throwable failure) {
    if (failure == null) {
      recorded.increment();
      fault = "";
    } else {
      lost.increment();
      fault = "a loop could not be kept: " + failure.getMessage();
    }
  }

  private RecordedRhythm message(String ensemble, PlayedLoop loop, String name, long playedNanos) {
    return RecordedRhythm.newBuilder()
        .setEnsemble(ensemble)
        .setRhythmId(name)
        .setPerformer(loop.rhythm().origin().performer())
        .setPlayedAt(
            Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(playedNanos, 1_000_000_000L))
                .setNanos((int) Math.floorMod(playedNanos, 1_000_000_000L)))
        .setBpm(loop.bpm())
        .setBar(loop.bar())
        .setTimes(loop.times())
        .setRhythm(RhythmWire.write(loop.rhythm()))
        .setSource("model")
        .build();
  }

  /** Keeps what has been played, when nothing is played any more. Returns within 2 s or so. */
  @Override
  public void close() {
    take(false);
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join(END_MS);
      newest.toCompletableFuture().get(END_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failure) {
      // Counted as lost, or still on its way: there is nothing left to be done about it.
      fault = "the last loop was not kept: " + failure.getMessage();
    }
  }
}
