package org.latentspace.play;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * A recording's samples, the first channel, -1..1.
 *
 * @param rate Hz
 */
record Sound(int rate, float[] samples) {

  /** Reads a WAV file of 16 bits a sample. */
  static Sound read(Path file) throws IOException {
    try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = stream.getFormat();
      if (format.getSampleSizeInBits() != 16) {
        throw new IOException(file + " has " + format + ", must have 16 bits");
      }
      ByteBuffer bytes =
          ByteBuffer.wrap(stream.readAllBytes())
              .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[bytes.remaining() / format.getFrameSize()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes.getShort(i * format.getFrameSize()) / 32768f;
      }
      return new Sound(Math.round(format.getSampleRate()), samples);
    } catch (UnsupportedAudioFileException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  double seconds() {
    return samples.length / (double) rate;
  }

  /** From a second to another. */
  Sound part(double from, double to) {
    int begin = (int) (from * rate);
    int end = Math.min(samples.length, (int) (to * rate));
    return new Sound(rate, java.util.Arrays.copyOfRange(samples, begin, end));
  }
}
