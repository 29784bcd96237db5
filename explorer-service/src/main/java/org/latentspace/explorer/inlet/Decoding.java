package org.latentspace.explorer.inlet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.Frame.Sense;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.performer.Name;
import org.latentspace.performer.Origin;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.RawFeatures;
import org.latentspace.proto.RefusedSense;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.wire.OriginWire;

/** Reads messages of the wire, and says of a bad one what is wrong. */
final class Decoding {
  private static final int MOST_REFUSED = 16;
  private static final int LONGEST_REASON = 500;

  private Decoding() {}

  /**
   * A frame.
   *
   * @throws IllegalArgumentException with one line, when it is not as live.proto says
   */
  static Frame frame(FeatureFrame message) {
    Origin origin = origin(message.getOrigin());
    float[] vector = vector(message, origin.last());
    List<Sense> senses = senses(message, vector.length);
    requireRefusedSenses(message.getRefusedSensesList());
    return new Frame(
        origin,
        message.getFrame(),
        finite("window_centre_s", message.getWindowCentreS()),
        vector,
        raw(message, vector.length),
        finite("pitch_midi", message.getPitchMidi()),
        finite("pitch_confidence", message.getPitchConfidence()),
        message.getOnset(),
        message.getSilent(),
        finite("level_dbfs", message.getLevelDbfs()),
        scaling("scaling", message.getScaling()),
        senses,
        message.hasScalingSpec() ? scale(message.getScalingSpec()) : null);
  }

  /** Whether a frame has no features and only tells what its senders say of a performer. */
  static boolean onlyTells(FeatureFrame message) {
    return message.getFrame() == 0
        && message.getVectorCount() == 0
        && message.getUpstreamCount() > 0
        && !message.getOrigin().getLast()
        && Name.isValid(message.getOrigin().getPerformer());
  }

  private static Origin origin(org.latentspace.proto.Origin origin) {
    Name.require("origin.performer", origin.getPerformer());
    return OriginWire.read(origin);
  }

  private static float[] vector(FeatureFrame message, boolean last) {
    int size = message.getVectorCount();
    boolean right = size >= Frame.FEATURES && size <= Frame.MOST_ENTRIES;
    if (!right && !(last && size == 0)) {
      throw new IllegalArgumentException(
          "vector has " + size + " entries, must be 10.." + Frame.MOST_ENTRIES);
    }
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      float entry = message.getVector(i);
      if (!(entry >= 0 && entry <= 1)) {
        throw new IllegalArgumentException("vector[" + i + "]=" + entry + ": must be 0..1");
      }
      vector[i] = entry;
    }
    return vector;
  }

  private static List<Sense> senses(FeatureFrame message, int entries) {
    List<Sense> senses = new ArrayList<>(message.getSensesCount());
    Set<String> names = new HashSet<>(Frame.FEATURE_NAMES);
    int sum = 0;
    for (org.latentspace.proto.Sense sense : message.getSensesList()) {
      int size = sense.getSize();
      if (!Name.isValid(sense.getName())
          || size < 1
          || size > Frame.MOST_ENTRIES - Frame.FEATURES) {
        throw new IllegalArgumentException(
            "senses must have names of "
                + Name.RULE
                + " and 1.."
                + (Frame.MOST_ENTRIES - Frame.FEATURES)
                + " entries");
      }
      if (!names.add(sense.getName())) {
        throw new IllegalArgumentException("sense " + sense.getName() + " is there twice");
      }
      sum += size;
      senses.add(new Sense(sense.getName(), size, sense.getStale()));
    }
    int others = Math.max(0, entries - Frame.FEATURES);
    if (sum != others) {
      throw new IllegalArgumentException(
          "senses have " + sum + " entries, but the vector has " + others + " after the ten");
    }
    return senses;
  }

  private static void requireRefusedSenses(List<RefusedSense> all) {
    boolean right =
        all.size() <= MOST_REFUSED
            && all.stream().allMatch(one -> Name.isValid(one.getName()))
            && all.stream().allMatch(one -> one.getReason().length() <= LONGEST_REASON);
    if (!right) {
      throw new IllegalArgumentException(
          "refused_senses must be at most 16, with names and reasons of at most 500 characters");
    }
  }

  private static float[] raw(FeatureFrame message, int entries) {
    int others = Math.max(0, entries - Frame.FEATURES);
    if (message.getSenseRawCount() != others) {
      throw new IllegalArgumentException(
          "sense_raw has " + message.getSenseRawCount() + " entries, must be " + others);
    }
    RawFeatures ten = message.getRaw();
    float[] raw = new float[Frame.FEATURES + others];
    raw[0] = finite("raw.ambitus_semitones", ten.getAmbitusSemitones());
    raw[1] = finite("raw.density_per_s", ten.getDensityPerS());
    raw[2] = finite("raw.rms_linear", ten.getRmsLinear());
    raw[3] = finite("raw.centroid_hz", ten.getCentroidHz());
    raw[4] = finite("raw.spread_hz", ten.getSpreadHz());
    raw[5] = finite("raw.skewness", ten.getSkewness());
    raw[6] = finite("raw.kurtosis", ten.getKurtosis());
    raw[7] = finite("raw.rolloff_hz", ten.getRolloffHz());
    raw[8] = finite("raw.flatness_db", ten.getFlatnessDb());
    raw[9] = finite("raw.crest_db", ten.getCrestDb());
    for (int i = 0; i < others; i++) {
      raw[Frame.FEATURES + i] = finite("sense_raw[" + i + "]", message.getSenseRaw(i));
    }
    return raw;
  }

  private static Scale scale(ScalingSpec spec) {
    scaling("scaling_spec.name", spec.getName());
    return PairCheck.scale(spec, "scaling_spec");
  }

  /** What a scaling is called; empty where a frame does not say. */
  private static String scaling(String field, String name) {
    return name.isEmpty() ? name : Name.require(field, name);
  }

  private static float finite(String field, float value) {
    return (float) finite(field, (double) value);
  }

  private static double finite(String field, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(field + "=" + value + ": must be finite");
    }
    return value;
  }
}
