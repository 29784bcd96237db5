package org.latentspace.feature.inlet;

import java.util.List;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.senses.Senses;
import org.latentspace.performer.Name;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Origin;
import org.latentspace.wire.OriginWire;

/** Reads blocks of the wire, and says of a bad one what is wrong. */
final class Decoding {
  private static final int MOST_SAMPLES = 4096;

  private Decoding() {}

  /** A block; an IllegalArgumentException with one line when it is not as live.proto says. */
  static Block block(AudioBlock message) {
    Origin origin = message.getOrigin();
    Name.require("origin.performer", origin.getPerformer());
    int size = message.getSamplesCount();
    boolean silentEnd = size == 0 && origin.getLast();
    if (size > MOST_SAMPLES || size == 0 && !silentEnd) {
      throw new IllegalArgumentException(size + " samples, must be 1.." + MOST_SAMPLES);
    }
    int rate = message.getSampleRate();
    if ((rate < 8000 || rate > 192_000) && !silentEnd) {
      throw new IllegalArgumentException(
          "sample_rate=" + Integer.toUnsignedString(rate) + ": must be 8000..192000");
    }
    float[] samples = new float[size];
    for (int i = 0; i < size; i++) {
      samples[i] = message.getSamples(i);
    }
    return new Block(OriginWire.read(origin), rate, samples);
  }

  /** Whether a block has no sound and only tells what its sender says of a performer. */
  static boolean onlyTells(AudioBlock message) {
    Origin origin = message.getOrigin();
    return message.getSamplesCount() == 0
        && message.getUpstreamCount() > 0
        && origin.getSequence() == 0
        && !origin.getLast()
        && Name.isValid(origin.getPerformer());
  }

  /** Values of a sense; an IllegalArgumentException when they are not 1..256 finite ones. */
  static float[] values(List<Float> given) {
    if (given.isEmpty() || given.size() > Senses.MOST_ENTRIES) {
      throw new IllegalArgumentException(
          given.size() + " values, must be 1.." + Senses.MOST_ENTRIES);
    }
    float[] values = new float[given.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = given.get(i);
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("value[" + i + "]=" + values[i] + ": must be finite");
      }
    }
    return values;
  }
}
