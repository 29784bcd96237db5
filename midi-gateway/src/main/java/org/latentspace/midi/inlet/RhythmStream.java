package org.latentspace.midi.inlet;

import io.grpc.stub.StreamObserver;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Rhythm;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.UnixClock;

/** One neighbour's stream of rhythms, and the echo on its way back. */
final class RhythmStream implements StreamObserver<Rhythm>, EchoListener {
  private final MidiFlow flow;
  private final Performance performance;
  private final MidiMetrics metrics;
  private final RhythmReader reader;
  private final EchoWriter writer;
  private final RefusalLog refusals;
  private final EchoOutlet echoes;

  RhythmStream(
      MidiFlow flow,
      Performance performance,
      MidiMetrics metrics,
      RhythmReader reader,
      EchoWriter writer,
      RefusalLog refusals,
      EchoOutlet echoes) {
    this.flow = flow;
    this.performance = performance;
    this.metrics = metrics;
    this.reader = reader;
    this.writer = writer;
    this.refusals = refusals;
    this.echoes = echoes;
  }

  @Override
  public void onNext(Rhythm wire) {
    long arrived = System.nanoTime();
    metrics.stage().received();
    Origin origin = null;
    try {
      origin = RhythmReader.origin(wire.getOrigin());
      flow.control(origin, RhythmReader.controls(wire));
      metrics.unmapped(flow.play(reader.rhythm(origin, wire), this));
      metrics.stage().sent();
      metrics.stage().took(System.nanoTime() - arrived);
      if (!origin.lossless()) {
        long since = UnixClock.nanos() - origin.capturedNanos();
        metrics.stage().sinceCapture(origin.performer(), since);
      }
    } catch (IllegalArgumentException bad) {
      refuse(wire, origin, bad.getMessage());
    }
  }

  /** Counts it, logs the performer's first, and lets the performer's time go on. */
  private void refuse(Rhythm wire, Origin origin, String why) {
    metrics.stage().refused();
    refusals.tell(wire.getOrigin().getPerformer(), why);
    if (origin != null) {
      try {
        performance.skip(origin, this);
      } catch (IllegalArgumentException notNow) {
        echoes.offer(writer.echo(origin, false), System.nanoTime());
      }
    }
  }

  @Override
  public void echo(Origin newest, boolean finished) {
    long now = System.nanoTime();
    if (finished || echoes.wants(OriginWire.write(newest), now)) {
      echoes.offer(writer.echo(newest, finished), now);
    }
  }

  @Override
  public void onError(Throwable gone) {
    echoes.forget();
    performance.gone(this);
  }

  @Override
  public void onCompleted() {
    performance.gone(this);
    echoes.complete();
  }
}
