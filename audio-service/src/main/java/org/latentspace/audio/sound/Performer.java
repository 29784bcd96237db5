package org.latentspace.audio.sound;

import java.util.List;
import org.latentspace.performer.Origin;

/**
 * One musician: numbers and trims what its source gives, and keeps what is known of it.
 *
 * <p>Safe for several threads; its blocks come from one at a time.
 */
public final class Performer {
  /** A trim beyond this many decibels up or down is a mistake. */
  public static final double MOST_TRIM_DB = 60;

  /** No more blocks than this may be without echo in a lossless run. */
  public static final int MOST_UNECHOED = 1024;

  private final String name;
  private final Input input;
  private final long limitNanos;
  // Guarded by this.
  private long baseNanos;
  private long samples;
  private volatile int sampleRate;
  private volatile long sequence;
  // Ring of the sequence numbers whose echo has come, and how many there were.
  private final long[] echoedAt = new long[MOST_UNECHOED];
  private volatile long echoed;
  private volatile boolean ended;
  private volatile boolean finished;
  private volatile float trimDb;
  private volatile float gain;
  private volatile Input.Status status = Input.Status.OK;
  private volatile List<String> warnings = List.of();

  /**
   * @param trimDb -60..60
   * @param seconds after so much sound the performer ends; 0 = never
   */
  public Performer(String name, Input input, double trimDb, double seconds) {
    this.name = name;
    this.input = input;
    this.limitNanos = seconds > 0 ? Math.round(seconds * 1e9) : Long.MAX_VALUE;
    trim(trimDb);
  }

  public String name() {
    return name;
  }

  public Input input() {
    return input;
  }

  public float trimDb() {
    return trimDb;
  }

  /** Takes effect with the next block; -60..60 dB. */
  public void trim(double db) {
    if (!(db >= -MOST_TRIM_DB && db <= MOST_TRIM_DB)) {
      throw new IllegalArgumentException("trim_db=" + (float) db + ": must be -60..60");
    }
    trimDb = (float) db;
    gain = db == 0 ? 1 : (float) StrictMath.pow(10, db / 20);
  }

  /**
   * Numbers and trims a piece of sound (in place) and cuts it where the performer is to end.
   *
   * @return null when the performer has ended by then
   */
  public synchronized Block number(Sound sound, boolean lossless) {
    if (ended) {
      return null;
    }
    int rate = sound.sampleRate();
    if (rate != sampleRate) {
      baseNanos = soundNanos();
      samples = 0;
      sampleRate = rate;
    }
    int count = sound.count();
    boolean last = sound.last();
    if (limitNanos != Long.MAX_VALUE) {
      long left = samplesLeft(rate);
      last |= count >= left;
      count = (int) Math.min(count, left);
    }
    float factor = gain;
    if (factor != 1) {
      float[] values = sound.samples();
      for (int i = 0; i < count; i++) {
        values[i] *= factor;
      }
    }
    samples += count;
    sequence++;
    if (last) {
      ended = true;
      status = status.ok() ? Input.Status.ENDED : status;
    }
    Sound cut = new Sound(sound.samples(), count, rate, sound.capturedNanos(), last);
    Origin origin = new Origin(name, sequence, sound.capturedNanos(), soundNanos(), lossless, last);
    return new Block(origin, cut);
  }

  /** Until the performer is to end. */
  synchronized long samplesLeft(int rate) {
    return limitNanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Sound.samples(limitNanos - soundNanos(), rate);
  }

  private long soundNanos() {
    return sampleRate == 0 ? 0 : baseNanos + Sound.nanos(samples, sampleRate);
  }

  /** A network source begins anew after its end, unless it has used up its seconds. */
  public synchronized boolean beginAnew() {
    if (ended && soundNanos() < limitNanos) {
      ended = false;
      finished = false;
    }
    return !ended;
  }

  /** The source will never give anything again; nothing further is numbered. */
  public synchronized void giveUp(String why) {
    ended = true;
    finished = true;
    status = Input.Status.bad(why);
  }

  /**
   * This block has come back from the right. Blocks may come back out of order: one that completes
   * no analysis frame has a shorter way.
   *
   * @param over the performer's music is over, too
   */
  public void echoed(long block, boolean over) {
    // Only the one connection on which this performer's echoes arrive writes here.
    int slot = (int) (block % MOST_UNECHOED);
    if (block > 0 && echoedAt[slot] != block) {
      echoedAt[slot] = block;
      echoed++;
    }
    if (over && ended) {
      finished = true;
    }
  }

  /** Blocks that were sent and whose echo has not come back. */
  public long unechoed() {
    return sequence - echoed;
  }

  /** Blocks that were numbered. */
  public long blocks() {
    return sequence;
  }

  /** Hz; 0 before the first sound. */
  public int sampleRate() {
    return sampleRate;
  }

  public boolean ended() {
    return ended;
  }

  /** The music that came from this performer is over, too. */
  public boolean finished() {
    return finished;
  }

  public Input.Status status() {
    return status;
  }

  public void status(Input.Status state) {
    status = state;
  }

  /** What is lost of the sound although it plays: lines for people. */
  public List<String> warnings() {
    return warnings;
  }

  public void warnings(List<String> lines) {
    warnings = lines;
  }

  /** The status's text and the warnings, in one line. */
  public String state() {
    List<String> lines = warnings;
    return status.text() + (lines.isEmpty() ? "" : "; warning: " + String.join("; ", lines));
  }
}
