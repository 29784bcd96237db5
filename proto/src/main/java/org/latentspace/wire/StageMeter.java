package org.latentspace.wire;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.latentspace.proto.Latency;
import org.latentspace.proto.StageStatus;

/**
 * Counts what a stage of the live path received, sent, dropped and refused, and how long it took.
 *
 * <p>Latencies are those of the last five to ten seconds: two windows of five seconds, the running
 * one and the one before it, within 1 %, as they were at most 0.2 s ago: every echo carries them,
 * up to thirty a second and performer, and to read a histogram costs more than to decode a rhythm.
 * Recording takes no lock and allocates nothing.
 */
public final class StageMeter {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final long FRESH_NANOS = 200_000_000L;
  private static final int DIGITS = 2;

  private final String stage;
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Window own = new Window();
  private final Window sinceCapture = new Window();
  private final PerformerMetrics captures;
  private volatile String status = "ok";

  public StageMeter(String stage) {
    this.stage = stage;
    captures =
        new PerformerMetrics(
            stage, "From the capture of the last sample until " + stage + " was done with it.");
  }

  /** Shows the time since the capture, by performer, on this metrics page from now on. */
  public void show(MeterRegistry page) {
    captures.show(page);
  }

  public void received() {
    received.increment();
  }

  public void sent() {
    sent.increment();
  }

  /** A value of this performer was dropped, here or on its way to the next stage. */
  public void dropped(String performer) {
    dropped.increment();
    captures.dropped(performer, System.nanoTime());
  }

  /** One message was bad and is skipped. */
  public void refused() {
    refused.increment();
  }

  /** From a message's arrival to its result's departure, in nanoseconds. */
  public void took(long nanos) {
    own.record(nanos);
  }

  /** From the capture of this performer's last sample to now, in nanoseconds. */
  public void sinceCapture(String performer, long nanos) {
    sinceCapture.record(nanos);
    captures.record(performer, nanos, System.nanoTime());
  }

  /** "ok", or what is missing and what would mend it. */
  public void status(String state) {
    status = state;
  }

  public String status() {
    return status;
  }

  public long receivedCount() {
    return received.sum();
  }

  public long sentCount() {
    return sent.sum();
  }

  public long droppedCount() {
    return dropped.sum();
  }

  public long refusedCount() {
    return refused.sum();
  }

  /** What this stage says of itself. */
  public StageStatus stageStatus() {
    long now = System.nanoTime();
    return StageStatus.newBuilder()
        .setStage(stage)
        .setReceived(received.sum())
        .setSent(sent.sum())
        .setDropped(dropped.sum())
        .setRefused(refused.sum())
        .setOwn(own.read(now))
        .setSinceCapture(sinceCapture.read(now))
        .setStatus(status)
        .build();
  }

  private static final class Window {
    private final Recorder recorder = new Recorder(HIGHEST_NANOS, DIGITS);
    private final Histogram before = new Histogram(HIGHEST_NANOS, DIGITS);
    private final Histogram running = new Histogram(HIGHEST_NANOS, DIGITS);
    private final Histogram both = new Histogram(HIGHEST_NANOS, DIGITS);
    private Histogram interval;
    private long since = System.nanoTime();
    private long readNanos;
    private Latency latency;

    void record(long nanos) {
      recorder.recordValue(Math.max(0, Math.min(HIGHEST_NANOS, nanos)));
    }

    synchronized Latency read(long now) {
      if (latency == null || now - readNanos >= FRESH_NANOS) {
        readNanos = now;
        latency = readAnew(now);
      }
      return latency;
    }

    private Latency readAnew(long now) {
      interval = recorder.getIntervalHistogram(interval);
      running.add(interval);
      both.reset();
      both.add(running);
      both.add(before);
      if (now - since >= WINDOW_NANOS) {
        running.copyInto(before);
        running.reset();
        since = now;
      }
      return Latency.newBuilder()
          .setCount(both.getTotalCount())
          .setP50Us(both.getValueAtPercentile(50) / 1e3)
          .setP99Us(both.getValueAtPercentile(99) / 1e3)
          .setMaxUs(both.getMaxValue() / 1e3)
          .build();
    }
  }
}
