package org.latentspace.audio.sound;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes mono of a source's channels, the mean of all or one of them, and notices channels that are
 * lost by it: those that cancel each other in the mean, and those that carry no sound.
 *
 * <p>Measured is the power of each channel and of the mono sound about their own means, in pieces
 * of at most 1024 frames, while anything sounds; it counts half after ten seconds of sound. So a
 * channel that begins late clears its warning at once.
 */
public final class ChannelMix {
  private static final int PIECE = 1024;
  private static final double SOUNDING_POWER = 1e-6;
  private static final double SILENT_SHARE = 1e-4;
  private static final double CANCELLED_SHARE = 0.1;
  private static final int SECONDS_TO_HALF = 10;
  private static final long CANCELLED = 1L << 32;

  private final SampleFormat format;
  private final int chosen;
  private final int sampleRate;
  private final double[] sums;
  private final double[] squares;
  private final double[] power;
  private double monoPower;
  private int inPiece;
  private long unjudged;
  private long sounding;
  // A bit for each channel without sound, and CANCELLED.
  private long judged;
  private List<String> warnings = List.of();

  /**
   * @param channel the only one to be heard, from 1; 0 = the mean of all
   * @param sampleRate Hz
   */
  public ChannelMix(SampleFormat format, int channel, int sampleRate) {
    this.format = format;
    this.chosen = channel;
    this.sampleRate = sampleRate;
    // The last place is the mono sound's.
    this.sums = new double[format.channels() + 1];
    this.squares = new double[format.channels() + 1];
    this.power = new double[format.channels()];
  }

  /**
   * Reads {@code count} frames from the buffer's position (which moves) and writes their mono
   * samples to {@code mono} from {@code offset} on.
   */
  public void toMono(ByteBuffer littleEndian, float[] mono, int offset, int count) {
    int channels = format.channels();
    for (int frame = 0; frame < count; frame++) {
      double sum = 0;
      double picked = 0;
      for (int channel = 0; channel < channels; channel++) {
        double sample = format.sample(littleEndian);
        sum += sample;
        picked = channel + 1 == chosen ? sample : picked;
        sums[channel] += sample;
        squares[channel] += sample * sample;
      }
      double mean = chosen == 0 ? sum / channels : picked;
      mono[offset + frame] = (float) mean;
      sums[channels] += mean;
      squares[channels] += mean * mean;
      if (++inPiece == PIECE) {
        endPiece();
      }
    }
  }

  /** Lines for people, none when all is well; the same list as long as nothing changes. */
  public List<String> warnings() {
    return warnings;
  }

  /** The source has ended: what was heard until now is all there is to judge by. */
  public void end() {
    if (inPiece > 0) {
      endPiece();
    }
    if (unjudged > 0) {
      judge();
    }
  }

  private void endPiece() {
    int channels = power.length;
    double loudest = 0;
    for (int i = 0; i <= channels; i++) {
      double mean = sums[i] / inPiece;
      // The power times the frames; a constant offset is no sound.
      squares[i] = Math.max(0, squares[i] - mean * mean * inPiece);
      loudest = i < channels ? Math.max(loudest, squares[i]) : loudest;
    }
    if (loudest > SOUNDING_POWER * inPiece && Double.isFinite(loudest)) {
      for (int i = 0; i < channels; i++) {
        power[i] += squares[i];
      }
      monoPower += squares[channels];
      unjudged += inPiece;
      if (unjudged >= sampleRate) {
        judge();
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(squares, 0);
    inPiece = 0;
  }

  private void judge() {
    sounding += unjudged;
    unjudged = 0;
    double all = 0;
    double loudest = 0;
    for (double each : power) {
      all += each;
      loudest = Math.max(loudest, each);
    }
    long silent = 0;
    for (int i = 0; i < power.length; i++) {
      silent |= power[i] < SILENT_SHARE * loudest ? 1L << i : 0;
    }
    // Without any likeness the mean of n channels has the n-th part of their mean power.
    boolean cancelled = monoPower < CANCELLED_SHARE * all / ((double) power.length * power.length);
    long verdict = silent | (chosen == 0 && cancelled ? CANCELLED : 0);
    if (verdict != judged) {
      judged = verdict;
      warnings = lines();
    }
    if (sounding >= (long) SECONDS_TO_HALF * sampleRate) {
      sounding = 0;
      monoPower /= 2;
      for (int i = 0; i < power.length; i++) {
        power[i] /= 2;
      }
    }
  }

  private boolean isSilent(int index) {
    return (judged >> index & 1) == 1;
  }

  private List<String> lines() {
    int channels = power.length;
    List<String> silent = new ArrayList<>();
    int live = 0;
    for (int i = channels - 1; i >= 0; i--) {
      if (isSilent(i)) {
        silent.add(0, Integer.toString(i + 1));
      } else {
        live = i + 1;
      }
    }
    String choose = "; one channel can be chosen, such as #" + live;
    List<String> lines = new ArrayList<>();
    if (chosen > 0 && isSilent(chosen - 1)) {
      lines.add("no sound on the chosen channel " + chosen + choose);
    } else if (chosen == 0 && !silent.isEmpty()) {
      double quieter = 20 * Math.log10(channels / (double) (channels - silent.size()));
      lines.add(
          String.format(
              Locale.ROOT,
              "no sound on channel %s of %d; the mean of all is %.1f dB quieter for it%s",
              String.join(", ", silent),
              channels,
              quieter,
              choose));
    }
    if ((judged & CANCELLED) != 0) {
      lines.add("its channels cancel each other in the mean (opposite polarity)" + choose);
    }
    return List.copyOf(lines);
  }
}
