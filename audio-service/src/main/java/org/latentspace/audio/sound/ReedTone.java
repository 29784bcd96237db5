package org.latentspace.audio.sound;

import java.util.Arrays;

/**
 * The tone of a reed on a conical bore: up to 64 harmonics below 10 kHz (so nothing aliases), whose
 * levels fall with a tilt and rise around three fixed resonances, and breath noise around 1 kHz.
 *
 * <p>{@link #aim} sets where pitch, level and colour are to be at the end of the next tick; {@link
 * #play} goes there in straight lines, so that nothing clicks. Nothing is allocated after the
 * constructor, and all that is not plain arithmetic is StrictMath, so that every machine plays the
 * same samples.
 */
final class ReedTone {
  static final int MAX_HARMONICS = 64;
  private static final double HIGHEST_HZ = 10_000;
  private static final int TABLE_BITS = 14;
  private static final double FORMANT_STEP_HZ = 50;

  /** The amplitudes fall as harmonic^-tilt: dark at brightness 0, bright at 1. */
  private static final double DARK_TILT = 2.3;

  private static final double BRIGHT_TILT = 0.4;

  private final double sampleRate;
  private final float[] sine = new float[1 << TABLE_BITS];
  private final double[] formant = new double[(int) (HIGHEST_HZ / FORMANT_STEP_HZ) + 2];
  private final double[] logHarmonic = new double[MAX_HARMONICS];
  private final int[] harmonicPhase = new int[MAX_HARMONICS];
  private final double[] wanted = new double[MAX_HARMONICS];
  private final float[] level = new float[MAX_HARMONICS];
  private final float[] slope = new float[MAX_HARMONICS];
  private final float lowPass;
  private final float highPass;
  private int phase;
  private int phaseStep;
  private int noise;
  private float noiseFirst;
  private float noiseSecond;
  private float noiseLow;
  private float noiseBase;
  private float noiseLevel;
  private float noiseWanted;

  ReedTone(int sampleRate, int seed) {
    this.sampleRate = sampleRate;
    noise = seed * 0x9e3779b1 | 1;
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / sine.length);
    }
    for (int i = 0; i < formant.length; i++) {
      double hz = i * FORMANT_STEP_HZ;
      double body =
          0.3 + peak(hz, 620, 380) + 0.9 * peak(hz, 1300, 450) + 0.5 * peak(hz, 2800, 800);
      formant[i] = body / (1 + StrictMath.pow(hz / 6500, 4));
    }
    for (int k = 0; k < MAX_HARMONICS; k++) {
      logHarmonic[k] = StrictMath.log(k + 1);
      // Phases that grow with the square keep the peaks of many harmonics apart (Schroeder 1970).
      double turns = 0.155 * k * k;
      harmonicPhase[k] = (int) (long) (0x1p32 * (turns - Math.floor(turns)));
    }
    lowPass = (float) (1 - StrictMath.exp(-2 * StrictMath.PI * 1800 / sampleRate));
    highPass = (float) (1 - StrictMath.exp(-2 * StrictMath.PI * 400 / sampleRate));
  }

  /**
   * The sine of so many turns, from the tone's own table: StrictMath's allocates on some machines.
   *
   * @param turns 0 or more
   */
  double sine(double turns) {
    return sine[(int) ((turns - Math.floor(turns)) * sine.length)];
  }

  private static double peak(double hz, double centre, double width) {
    double away = (hz - centre) / width;
    return 1 / (1 + away * away);
  }

  /**
   * Sets the aim of the next tick.
   *
   * @param hz pitch; 0 lets the harmonics fade
   * @param toneRms level of the harmonics, 0..1 of full scale
   * @param breathRms level of the noise, 0..1 of full scale
   * @param brightness 0..1
   */
  void aim(double hz, double toneRms, double breathRms, double brightness) {
    // White noise through these four one-pole filters keeps about 0.16 of its RMS.
    noiseWanted = (float) (breathRms / 0.16 * StrictMath.sqrt(3));
    if (hz <= 0 || toneRms <= 0) {
      Arrays.fill(wanted, 0);
      return;
    }
    phaseStep = (int) (long) (hz / sampleRate * 0x1p32);
    double tilt = DARK_TILT - brightness * (DARK_TILT - BRIGHT_TILT);
    int harmonics = (int) Math.min(MAX_HARMONICS, Math.min(HIGHEST_HZ, 0.45 * sampleRate) / hz);
    double power = 0;
    for (int k = 0; k < MAX_HARMONICS; k++) {
      double amplitude = 0;
      if (k < harmonics) {
        double place = (k + 1) * hz / FORMANT_STEP_HZ;
        amplitude = formant[(int) place] * StrictMath.exp(-tilt * logHarmonic[k]);
      }
      wanted[k] = amplitude;
      power += amplitude * amplitude / 2;
    }
    double scale = toneRms / StrictMath.sqrt(power);
    for (int k = 0; k < MAX_HARMONICS; k++) {
      wanted[k] *= scale;
    }
  }

  /** Writes {@code count} samples, one tick, from {@code offset} on. */
  void play(float[] samples, int offset, int count) {
    int sounding = 0;
    for (int k = 0; k < MAX_HARMONICS; k++) {
      slope[k] = ((float) wanted[k] - level[k]) / count;
      if (wanted[k] != 0 || level[k] != 0) {
        sounding = k + 1;
      }
    }
    float noiseSlope = (noiseWanted - noiseLevel) / count;
    int now = phase;
    for (int i = offset; i < offset + count; i++) {
      now += phaseStep;
      float sum = 0;
      int angle = now;
      for (int k = 0; k < sounding; k++) {
        level[k] += slope[k];
        sum += level[k] * sine[(angle + harmonicPhase[k]) >>> (32 - TABLE_BITS)];
        angle += now;
      }
      noiseLevel += noiseSlope;
      samples[i] = Math.max(-1f, Math.min(1f, sum + noiseLevel * breath()));
    }
    phase = now;
    // Where rounding left them would add up over the ticks.
    for (int k = 0; k < MAX_HARMONICS; k++) {
      level[k] = (float) wanted[k];
    }
    noiseLevel = noiseWanted;
  }

  /**
   * White noise (Marsaglia's xorshift) between 400 and 1800 Hz, falling by 18 dB an octave above: a
   * spectrum of magnitudes weighs what lies high and is weak as much as the tone.
   */
  private float breath() {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    noiseFirst += lowPass * (noise * 0x1p-31f - noiseFirst);
    noiseSecond += lowPass * (noiseFirst - noiseSecond);
    noiseLow += lowPass * (noiseSecond - noiseLow);
    noiseBase += highPass * (noiseLow - noiseBase);
    return noiseLow - noiseBase;
  }
}
