package org.latentspace.audio.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Lets recordings and built-in performers sound: in time, or as fast as the right-hand side echoes.
 *
 * <pre>
 *   in time:  block k leaves when its last sample would have been captured
 *             begin + (samples up to its end) / rate: no sum, so no drift
 *   lossless: block k leaves when fewer than the window's blocks are without echo
 * </pre>
 *
 * <p>Several performers take turns by the sound's own time, and by their order where that is equal,
 * so a lossless run sends the same blocks in the same order every time. A machine that slept for
 * more than a second goes on from there instead of hurrying after.
 */
public final class PacedPlayer implements DutyCycle {
  static final long PATIENCE_WITH_NEIGHBOUR = 5_000_000_000L;
  static final long STUCK_NANOS = 10_000_000_000L;
  static final long GIVE_UP_NANOS = 60_000_000_000L;
  private static final long MOST_LATE_NANOS = 1_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 5_000_000L;
  private static final long ECHO_POLL_NANOS = 100_000L;

  /**
   * How to play.
   *
   * @param lossless as fast as possible and nothing dropped, instead of in time
   * @param blockSamples 256..1024
   * @param windowBlocks blocks of a performer that may be without echo in a lossless run
   */
  public record Plan(boolean lossless, int blockSamples, int windowBlocks) {}

  private final Plan plan;
  private final Sound.Sink sink;
  private final BooleanSupplier neighbourThere;
  private final List<Voice> voices = new ArrayList<>();
  private boolean begun;
  private boolean waiting;
  private long waitingSince;
  private long beginNanos;
  private volatile long shifts;

  /**
   * @param neighbourThere whether blocks can be sent: the beginning waits for it, five seconds at
   *     most in time, a minute at most in a lossless run
   */
  public PacedPlayer(Plan plan, Sound.Sink sink, BooleanSupplier neighbourThere) {
    this.plan = plan;
    this.sink = sink;
    this.neighbourThere = neighbourThere;
  }

  /** Adds a performer before the first turn. */
  public void add(Performer performer, SoundSource source) {
    voices.add(new Voice(performer, source, plan.blockSamples()));
  }

  /** How often more than a second was lost. */
  public long shifts() {
    return shifts;
  }

  @Override
  public long turn(long nowNanos, long unixNanos) {
    if (!begun) {
      if (!mayBegin(nowNanos)) {
        return LOOK_AGAIN_NANOS;
      }
      begun = true;
      waiting = false;
      beginNanos = nowNanos;
      voices.forEach(Voice::begin);
    }
    Voice next = next();
    if (next == null) {
      return NEVER;
    }
    return plan.lossless()
        ? lossless(next, nowNanos, unixNanos)
        : inTime(next, nowNanos, unixNanos);
  }

  private boolean mayBegin(long nowNanos) {
    if (neighbourThere.getAsBoolean()) {
      return true;
    }
    long waited = waited(nowNanos);
    if (!plan.lossless()) {
      return waited >= PATIENCE_WITH_NEIGHBOUR;
    }
    if (waited >= STUCK_NANOS) {
      Input.Status alone =
          Input.Status.bad("stuck: the neighbour on the right is not there after 10 s");
      voices.forEach(voice -> voice.performer.status(alone));
    }
    return waited >= GIVE_UP_NANOS;
  }

  private Voice next() {
    Voice first = null;
    for (Voice voice : voices) {
      if (!voice.over() && (first == null || voice.endNanos < first.endNanos)) {
        first = voice;
      }
    }
    return first;
  }

  private long inTime(Voice next, long nowNanos, long unixNanos) {
    long late = nowNanos - (beginNanos + next.endNanos);
    if (late < 0) {
      return -late;
    }
    if (late > MOST_LATE_NANOS) {
      beginNanos += late;
      late = 0;
      shifts++;
    }
    sink.accept(next.performer, next.sound(unixNanos - late));
    next.prepare();
    return 0;
  }

  private long lossless(Voice next, long nowNanos, long unixNanos) {
    Performer performer = next.performer;
    if (performer.unechoed() >= plan.windowBlocks()) {
      return stuck(performer, nowNanos);
    }
    if (waiting && !performer.status().ok()) {
      performer.status(Input.Status.OK);
    }
    waiting = false;
    if (!sink.accept(performer, next.sound(unixNanos))) {
      giveUp("block " + performer.blocks() + " of " + performer.name() + " could not be sent");
      return NEVER;
    }
    next.prepare();
    return 0;
  }

  private long stuck(Performer performer, long nowNanos) {
    if (!neighbourThere.getAsBoolean()) {
      giveUp("the neighbour on the right has gone");
      return NEVER;
    }
    long waited = waited(nowNanos);
    if (waited >= GIVE_UP_NANOS) {
      giveUp("no echo for " + GIVE_UP_NANOS / 1_000_000_000L + " s");
      return NEVER;
    }
    if (waited >= STUCK_NANOS && performer.status().ok()) {
      long echoed = performer.blocks() - performer.unechoed();
      performer.status(
          Input.Status.bad(
              "stuck: no echo of block " + (echoed + 1) + " for 10 s; is the path whole?"));
    }
    return waited > LOOK_AGAIN_NANOS ? LOOK_AGAIN_NANOS : ECHO_POLL_NANOS;
  }

  private long waited(long nowNanos) {
    if (!waiting) {
      waiting = true;
      waitingSince = nowNanos;
    }
    return nowNanos - waitingSince;
  }

  /** A lossless run with a hole in it is worth nothing: all end. */
  private void giveUp(String why) {
    for (Voice voice : voices) {
      if (!voice.over()) {
        voice.source.close();
        voice.performer.giveUp("the lossless run has failed: " + why);
      }
    }
  }

  /** A performer with its source and the block that it will send next. */
  private static final class Voice {
    private final Performer performer;
    private final SoundSource source;
    private final float[] samples;
    private long total;
    private int count;
    private boolean sourceEnded;
    private long endNanos;

    Voice(Performer performer, SoundSource source, int blockSamples) {
      this.performer = performer;
      this.source = source;
      this.samples = new float[blockSamples];
    }

    boolean over() {
      return performer.ended();
    }

    Sound sound(long capturedNanos) {
      return new Sound(samples, count, source.sampleRate(), capturedNanos, sourceEnded);
    }

    void begin() {
      performer.status(Input.Status.OK);
      prepare();
    }

    /** Reads ahead, so that the disk's time is not taken when the block is due. */
    void prepare() {
      if (over()) {
        source.close();
        return;
      }
      try {
        long left = performer.samplesLeft(source.sampleRate());
        count = source.read(samples, (int) Math.min(samples.length, left));
        sourceEnded = count < samples.length;
        performer.warnings(source.warnings());
      } catch (SoundSource.Fault fault) {
        count = 0;
        sourceEnded = true;
        performer.status(Input.Status.bad(fault.getMessage()));
      }
      total += count;
      endNanos = Sound.nanos(total, source.sampleRate());
    }
  }
}
