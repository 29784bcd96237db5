package org.latentspace.audio.sound;

/**
 * The built-in performer: plays an alto saxophone (MIDI 49..81) without end, so that everything
 * runs with no file and no microphone.
 *
 * <p>{@link Phrases} invents the notes, {@link ReedTone} sounds; here every note gets its attack,
 * its vibrato and its end. The same seed and rate give the same samples on every machine, in blocks
 * of any size. Its RMS while it plays is 0.02..0.2 of full scale, its peaks are within -1..1.
 */
public final class Saxophone implements SoundSource {
  /** Pitch, level and colour are set anew every so many samples. */
  private static final int TICK = 64;

  private static final double ROOM_NOISE_RMS = 0.00003;

  private final int sampleRate;
  private final Phrases phrases;
  private final ReedTone tone;
  private final Phrases.Note note = new Phrases.Note();
  private final float[] tick = new float[TICK];
  private int tickRead = TICK;
  private double noteSeconds;
  private double previousMidi;

  public Saxophone(long seed, int sampleRate) {
    this.sampleRate = sampleRate;
    phrases = new Phrases(seed);
    tone = new ReedTone(sampleRate, (int) (seed ^ (seed >>> 32)));
    phrases.next(note);
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public int read(float[] samples, int count) {
    for (int done = 0; done < count; ) {
      if (tickRead == TICK) {
        playTick();
        tickRead = 0;
      }
      int now = Math.min(count - done, TICK - tickRead);
      System.arraycopy(tick, tickRead, samples, done, now);
      tickRead += now;
      done += now;
    }
    return count;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  /** MIDI number of the note that sounds, 0 in a rest. */
  int midi() {
    return note.midi;
  }

  /** Seconds since the note began. */
  double noteAge() {
    return noteSeconds;
  }

  /** Seconds until the next note begins. */
  double noteLeft() {
    return note.seconds - noteSeconds;
  }

  /** How the phrase is played. */
  PlayStyle manner() {
    return phrases.manner();
  }

  private void playTick() {
    if (noteSeconds >= note.seconds) {
      noteSeconds -= note.seconds;
      previousMidi = note.midi;
      phrases.next(note);
    }
    if (note.midi == 0) {
      tone.aim(0, 0, ROOM_NOISE_RMS, 0);
    } else {
      double level = level();
      double breath = note.rms * (note.breath * level + attackNoise());
      double brightness = note.brightness * (0.55 + 0.45 * Math.min(1, level));
      tone.aim(hz(), note.rms * level, breath + ROOM_NOISE_RMS, brightness);
    }
    tone.play(tick, 0, TICK);
    noteSeconds += (double) TICK / sampleRate;
  }

  /** The note's envelope: 1 = the note's own level. */
  private double level() {
    double attack = note.slurredFrom ? 0.022 : 0.018 + 0.02 * (1 - note.brightness);
    double rise = Math.min(1, noteSeconds / attack);
    double from = note.slurredFrom ? 0.4 : 0;
    double level = from + (1 - from) * rise * rise * (3 - 2 * rise);
    if (!note.slurredFrom) {
      level *= 1 + 0.15 * StrictMath.exp(-noteSeconds / 0.05);
    }
    if (noteSeconds > 0.25) {
      level *= 1 + 0.04 * vibrato();
    }
    double gap = note.slurredTo ? 0 : Math.min(0.035, note.seconds * 0.15);
    double release = note.slurredTo ? 0.015 : 0.03;
    double left = Math.max(0, note.seconds - gap - noteSeconds);
    double to = note.slurredTo ? 0.4 : 0;
    return level * (to + (1 - to) * Math.min(1, left / release));
  }

  /** The tongue leaves the reed: a burst of noise of some 15 ms. */
  private double attackNoise() {
    return note.slurredFrom ? 0 : 0.35 * StrictMath.exp(-noteSeconds / 0.012);
  }

  private double hz() {
    double midi = note.midi + note.cents / 100;
    if (note.slurredFrom) {
      midi += (previousMidi - note.midi) * StrictMath.exp(-noteSeconds / 0.006);
    } else {
      midi -= 0.25 * StrictMath.exp(-noteSeconds / 0.02);
    }
    midi += 0.14 * vibrato();
    return 440 * StrictMath.exp((midi - 69) / 12 * StrictMath.log(2));
  }

  /** 5.2 Hz, growing from 0 to -1..1 after a quarter of a second. */
  private double vibrato() {
    double depth = Math.max(0, Math.min(1, (noteSeconds - 0.25) / 0.3));
    return depth == 0 ? 0 : depth * tone.sine(5.2 * noteSeconds);
  }
}
