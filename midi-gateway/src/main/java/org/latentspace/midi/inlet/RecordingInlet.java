package org.latentspace.midi.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.LoopRecorder.Kept;
import org.latentspace.midi.played.HeardBar;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.proto.HeardSource;
import org.latentspace.proto.KeepHeardReply;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.KeptTake;
import org.latentspace.proto.ListHeardReply;
import org.latentspace.proto.ListHeardRequest;
import org.latentspace.proto.RecordingServiceGrpc;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: what was just heard, and that it be kept. */
@Singleton
public class RecordingInlet extends RecordingServiceGrpc.RecordingServiceImplBase {
  private static final long PATIENCE_MS = 5_000;

  private final LoopRecorder recorder;

  @Inject
  RecordingInlet(LoopRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void listHeard(ListHeardRequest request, StreamObserver<ListHeardReply> response) {
    Replies.answer(
        response,
        () -> {
          ListHeardReply.Builder reply = ListHeardReply.newBuilder();
          recorder.lookBack().held().forEach((who, bars) -> reply.addSources(source(who, bars)));
          return reply.build();
        });
  }

  private static HeardSource source(Source who, List<HeardBar> bars) {
    HeardSource.Builder source =
        HeardSource.newBuilder()
            .setSource(who.kind())
            .setEnsemble(who.ensemble())
            .setPerformer(who.performer());
    Set<BitSet> before = new HashSet<>();
    for (HeardBar bar : bars) {
      Rhythm rhythm = bar.rhythm();
      source.addBars(
          org.latentspace.proto.HeardBar.newBuilder()
              .setBar(bar.bar())
              .setBeganAt(RhythmWire.timestamp(RhythmWire.unixNanos(bar.beganNanos())))
              .setBpm(bar.bpm())
              .setBeatsPerBar(rhythm.grid().beatsPerBar())
              .setBeatUnit(rhythm.grid().beatUnit())
              .setPerformer(rhythm.origin().performer())
              .setStrokes(rhythm.strokes().count())
              .setRepeatedBar(!before.add(cells(rhythm))));
    }
    return source.build();
  }

  private static BitSet cells(Rhythm rhythm) {
    BitSet cells = new BitSet();
    Rhythm.Strokes strokes = rhythm.strokes();
    for (int i = 0; i < strokes.count(); i++) {
      cells.set(strokes.step()[i] * rhythm.voices().size() + strokes.voice()[i]);
    }
    return cells;
  }

  @Override
  public void keepHeard(KeepHeardRequest request, StreamObserver<KeepHeardReply> response) {
    Replies.answer(response, () -> keep(request));
  }

  private KeepHeardReply keep(KeepHeardRequest request) throws InterruptedException {
    int bars = request.getBars();
    if (bars < 0 || bars > LookBack.BARS) {
      throw new IllegalArgumentException(
          "bars is " + Integer.toUnsignedString(bars) + ", must be 1.." + LookBack.BARS);
    }
    Source asked = new Source(request.getSource(), request.getEnsemble(), request.getPerformer());
    try {
      KeepHeardReply.Builder reply = KeepHeardReply.newBuilder();
      for (Kept kept :
          recorder
              .keepHeard(asked, bars == 0 ? LookBack.BARS : bars)
              .toCompletableFuture()
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        reply.addTakes(
            KeptTake.newBuilder()
                .setKey(kept.key())
                .setFirstBar(kept.take().bars().get(0).bar())
                .setBars(kept.take().bars().size()));
      }
      return reply.build();
    } catch (ExecutionException | TimeoutException failure) {
      throw new UncheckedIOException(
          new IOException("the bars could not be kept: " + failure.getMessage()));
    }
  }
}
