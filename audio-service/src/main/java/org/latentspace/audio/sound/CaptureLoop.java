package org.latentspace.audio.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Takes blocks from a sound card, and opens it again and again while it is not there.
 *
 * <p>It asks how much is available instead of waiting in a read: a device that is pulled out makes
 * some systems wait there for ever, and what is available beyond the block tells how long ago its
 * last sample was captured.
 */
public final class CaptureLoop implements DutyCycle {
  static final long RETRY_NANOS = 2_000_000_000L;
  static final long SILENT_NANOS = 2_000_000_000L;
  private static final long SHORTEST_WAIT_NANOS = 300_000L;

  private final InputLines lines;
  private final Performer performer;
  private final Sound.Sink sink;
  private final float[] samples;
  private InputLines.Open line;
  private ChannelMix mix;
  private List<String> warned = List.of();
  private ByteBuffer bytes;
  private int sampleRate;
  private long nextTryNanos;
  private boolean tried;
  private long lastSoundNanos;
  private volatile long openings;

  public CaptureLoop(InputLines lines, Performer performer, int blockSamples, Sound.Sink sink) {
    this.lines = lines;
    this.performer = performer;
    this.sink = sink;
    this.samples = new float[blockSamples];
  }

  /** How often the device was opened. */
  public long openings() {
    return openings;
  }

  @Override
  public long turn(long nowNanos, long unixNanos) {
    if (performer.ended()) {
      close();
      return NEVER;
    }
    try {
      if (line == null) {
        return open(nowNanos);
      }
      return take(nowNanos, unixNanos);
    } catch (InputLines.LineGone gone) {
      return lose(gone.getMessage(), nowNanos);
    } catch (RuntimeException fault) {
      // javax.sound reports a device that vanished in several unchecked ways.
      return lose(performer.input() + ": " + fault, nowNanos);
    }
  }

  /** Gives the device back. */
  public void close() {
    if (line != null) {
      line.close().run();
      line = null;
    }
  }

  private long open(long nowNanos) throws InputLines.LineGone {
    if (tried && nowNanos < nextTryNanos) {
      return nextTryNanos - nowNanos;
    }
    tried = true;
    // A performer's rate is constant, also when the device has been away.
    int channel = performer.input().channel();
    line = lines.open(performer.input().detail(), sampleRate, channel);
    int channels = line.format().channels();
    if (channel > channels) {
      throw new InputLines.LineGone(
          performer.input() + ": it has no such channel, only " + channels + ", counted from 1");
    }
    openings++;
    mix = new ChannelMix(line.format(), channel, line.sampleRate());
    sampleRate = line.sampleRate();
    bytes =
        ByteBuffer.allocate(samples.length * line.format().frameBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    lastSoundNanos = nowNanos;
    performer.status(Input.Status.OK);
    sink.missing(performer);
    return 0;
  }

  private long take(long nowNanos, long unixNanos) throws InputLines.LineGone {
    int needed = bytes.capacity();
    int available = line.available().getAsInt();
    if (available < needed) {
      if (nowNanos - lastSoundNanos > SILENT_NANOS) {
        throw new InputLines.LineGone(performer.input() + ": gives no sound; is it plugged in?");
      }
      return Math.max(SHORTEST_WAIT_NANOS, lasts(needed - available));
    }
    if (line.reader().read(bytes.array(), needed) < needed) {
      throw new InputLines.LineGone(performer.input() + ": was unplugged");
    }
    lastSoundNanos = nowNanos;
    mix.toMono(bytes.rewind(), samples, 0, samples.length);
    warn();
    long captured = unixNanos - lasts(available - needed);
    sink.accept(performer, new Sound(samples, samples.length, sampleRate, captured, false));
    return 0;
  }

  private void warn() {
    if (mix.warnings() != warned) {
      warned = mix.warnings();
      performer.warnings(warned.stream().map(line -> performer.input() + ": " + line).toList());
    }
  }

  private long lasts(int byteCount) {
    return Sound.nanos(byteCount / line.format().frameBytes(), sampleRate);
  }

  private long lose(String why, long nowNanos) {
    try {
      close();
    } catch (RuntimeException alreadyGone) {
      line = null;
    }
    performer.status(Input.Status.bad(why));
    sink.missing(performer);
    nextTryNanos = nowNanos + RETRY_NANOS;
    return RETRY_NANOS;
  }
}
