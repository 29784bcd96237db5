package org.latentspace.midi.robot;

import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;

/** A robot as it strikes one voice: with which note, how hard, how late. */
public final class Striker {
  private static final int VELOCITIES = 128;

  private final Robot robot;
  private final String voice;
  private final int noteOn;
  private final VelocityPart velocity;
  private final long[] latencyNanos = new long[VELOCITIES];

  /**
   * @param channel 0..15
   * @param voice or its like: the note and the latency
   */
  Striker(Robot robot, int channel, VoicePart voice, VelocityPart velocity) {
    this.robot = robot;
    this.velocity = velocity;
    this.voice = voice.name();
    noteOn = 0x900000 | channel << 16 | voice.note() << 8;
    for (int v = 0; v < VELOCITIES; v++) {
      latencyNanos[v] = Math.round(voice.latencyMs(v) * 1e6);
    }
  }

  public Robot robot() {
    return robot;
  }

  /** What it strikes, by its name. */
  public String voice() {
    return voice;
  }

  /**
   * The MIDI note-on of a stroke, 0x9cnnvv.
   *
   * @param velocity of the rhythm, 0..1
   */
  public int noteOn(float velocity) {
    return noteOn | this.velocity.of(velocity);
  }

  /**
   * A MIDI note-on of this voice, 0x9cnnvv.
   *
   * @param velocity of the message, 1..127
   */
  public int message(int velocity) {
    return noteOn | velocity;
  }

  /** The MIDI note-off of its note, 0x8cnn00. */
  public int noteOff() {
    return noteOn - 0x100000;
  }

  /** How long a note-on travels until it is heard. */
  public long latencyNanos(int noteOn) {
    return latencyNanos[noteOn & 0x7f];
  }

  long slowestNanos() {
    long slowest = 0;
    for (long latency : latencyNanos) {
      slowest = Math.max(slowest, latency);
    }
    return slowest;
  }
}
