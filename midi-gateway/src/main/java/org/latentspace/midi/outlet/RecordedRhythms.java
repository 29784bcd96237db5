package org.latentspace.midi.outlet;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.latentspace.kept.KeptId;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.midi.played.HeardBar;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.played.PlayedLoops.PlayedLoop;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.proto.FollowingBars;
import org.latentspace.proto.RecordedRhythm;

/** The records for the data set: topic recorded-rhythms, on this disk before the log has them. */
public final class RecordedRhythms implements AutoCloseable {
  private static final long END_MS = 2_000;

  private final Supplier<KeptOutlet> opening;
  private final RandomGenerator chance;
  private final LongAdder recorded = new LongAdder();
  private final LongAdder lost = new LongAdder();

  // Null until the start.
  private volatile KeptOutlet outlet;
  private volatile CompletionStage<String> newest = CompletableFuture.completedFuture("");
  private volatile String fault = "";

  /**
   * @param opening opens the disk, at the start
   * @param chance makes the records' names; for several threads
   */
  public RecordedRhythms(Supplier<KeptOutlet> opening, RandomGenerator chance) {
    this.opening = opening;
    this.chance = chance;
  }

  public void start() {
    outlet = opening.get();
  }

  /**
   * Keeps a loop that robots were given.
   *
   * @return completes with the record's key when it is on the disk
   */
  CompletionStage<String> keep(String ensemble, PlayedLoop loop) {
    return keep(
        record(ensemble, new HeardBar(loop.rhythm(), loop.bar(), loop.bpm(), loop.beganNanos()))
            .setTimes(loop.times())
            .setSource("model"));
  }

  /**
   * Keeps bars that follow upon each other as one record.
   *
   * @param bars one at least, of one performer
   * @param askedFor somebody wants them in the data set, new or not
   * @return completes with the record's key when it is on the disk
   */
  CompletionStage<String> keep(Source source, List<HeardBar> bars, boolean askedFor) {
    RecordedRhythm.Builder record =
        record(source.ensemble(), bars.get(0))
            .setTimes(1)
            .setSource(source.kind())
            .setAskedFor(askedFor);
    for (HeardBar bar : bars.subList(1, bars.size())) {
      record.addFollowing(
          FollowingBars.newBuilder().setRhythm(RhythmWire.write(bar.rhythm())).setBpm(bar.bpm()));
    }
    return keep(record);
  }

  private RecordedRhythm.Builder record(String ensemble, HeardBar first) {
    long played = RhythmWire.unixNanos(first.beganNanos());
    return RecordedRhythm.newBuilder()
        .setEnsemble(ensemble)
        .setRhythmId(KeptId.make(played / 1_000_000, chance))
        .setPerformer(first.rhythm().origin().performer())
        .setPlayedAt(RhythmWire.timestamp(played))
        .setBpm(first.bpm())
        .setBar(first.bar())
        .setRhythm(RhythmWire.write(first.rhythm()));
  }

  private CompletionStage<String> keep(RecordedRhythm.Builder record) {
    String key = record.getEnsemble() + "/" + record.getRhythmId();
    CompletionStage<String> kept =
        outlet
            .keep(key, record.build().toByteArray())
            .whenComplete((done, failure) -> note(failure))
            .thenApply(done -> key);
    newest = kept;
    return kept;
  }

  private void note(Throwable failure) {
    if (failure == null) {
      recorded.increment();
      fault = "";
    } else {
      lost.increment();
      fault = "a record could not be kept: " + failure.getMessage();
    }
  }

  /** Records that are on the disk, since the start. */
  public long recorded() {
    return recorded.sum();
  }

  /** Records that could not be kept. */
  public long lost() {
    return lost.sum();
  }

  /** Records on the disk that the log has not taken yet. */
  public long waiting() {
    KeptOutlet now = outlet;
    return now == null ? 0 : now.waiting();
  }

  /** "ok", or what is missing. */
  public String status() {
    KeptOutlet now = outlet;
    String status = now == null ? "ok" : now.status();
    return status.equals("ok") && !fault.isEmpty() ? fault : status;
  }

  /** Waits for the newest record, 2 s at most. */
  @Override
  public void close() {
    try {
      newest.toCompletableFuture().get(END_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failure) {
      // Counted as lost, or still on its way: there is nothing left to be done about it.
      fault = "the last record was not kept: " + failure.getMessage();
    }
  }
}
