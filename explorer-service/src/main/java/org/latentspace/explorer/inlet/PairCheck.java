package org.latentspace.explorer.inlet;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput.Spread;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Motion;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.TrainingPair;

/**
 * Finds what is wrong with a pair, a scaling or a mapping that somebody brings; everything throws
 * IllegalArgumentException with one line that names the value by its key in JSON.
 */
final class PairCheck {
  private static final List<String> OUTPUTS = List.of("x", "y", "noise", "z-ramp");
  private static final int MOST_POSITION = 32;
  private static final int MOST_FURTHER = 28;
  private static final String ENTRY = "\\.[0-9]{1,3}$";
  // A sense's name, a point, and which of its entries.
  private static final int LONGEST_ENTRY = 64 + 4;

  private PairCheck() {}

  static void check(TrainingPair pair, String where) {
    name(pair.getPair(), where + ".pair");
    Timestamp taught = pair.getTaughtAt();
    require(
        pair.hasTaughtAt() && Timestamps.isValid(taught) && taught.getSeconds() >= 0,
        where + ".taughtAt is " + (pair.hasTaughtAt() ? "before 1970" : "missing"),
        "1970 or later");
    input(pair, where);
    meaning(pair, where);
  }

  private static void input(TrainingPair pair, String where) {
    List<String> senses = pair.getSensesList();
    int size = senses.size();
    require(
        size >= Frame.FEATURES
            && size <= Frame.MOST_ENTRIES
            && senses.subList(0, Frame.FEATURES).equals(Frame.FEATURE_NAMES)
            && senses.stream().distinct().count() == size
            && senses.stream().allMatch(sense -> Name.isValid(sense.replaceFirst(ENTRY, ""))),
        where + ".senses is a list of " + size,
        "the ten features, then names of other senses, none twice");
    sized(pair.getInputList(), size, where + ".input", "senses");
    range(pair.getInputList(), 0, 1, where + ".input");
    sized(pair.getRawInputList(), size, where + ".rawInput", "senses");
    finite(pair.getRawInputList(), where + ".rawInput");
    name(pair.getScaling(), where + ".scaling");
    require(
        pair.getFrames() >= 1,
        where + ".frames is " + Integer.toUnsignedString(pair.getFrames()),
        "a whole number 1.." + Integer.MAX_VALUE);
    spread(pair, size, where);
  }

  private static void spread(TrainingPair pair, int size, String where) {
    if (pair.getSpreadCount() == 0) {
      return;
    }
    int entries = Spread.entries(size);
    require(
        pair.getSpreadCount() == entries,
        where + ".spread has " + pair.getSpreadCount() + " entries",
        entries + "");
    range(pair.getSpreadList(), -1, 1, where + ".spread");
    if (pair.getRawDeviationCount() > 0) {
      sized(pair.getRawDeviationList(), size, where + ".rawDeviation", "senses");
      finite(pair.getRawDeviationList(), where + ".rawDeviation");
    }
  }

  private static void meaning(TrainingPair pair, String where) {
    int size = pair.getOutputCount();
    int position = size - 2;
    require(
        position >= 2 && position <= MOST_POSITION,
        where + ".output has " + size + " entries",
        "4.." + (MOST_POSITION + 2));
    range(pair.getOutputList().subList(0, position), 0, 1, where + ".output");
    range(pair.getOutput(position), 0, Place.MOST_NOISE, where + ".output[" + position + "]");
    int last = position + 1;
    range(pair.getOutput(last), 0, Place.MOST_RAMP_MS, where + ".output[" + last + "]");
    List<String> outputs = pair.getOutputsList();
    require(
        outputs.size() >= size
            && outputs.size() <= size + MOST_FURTHER
            && outputs.subList(0, OUTPUTS.size()).equals(OUTPUTS)
            && outputs.stream().distinct().count() == outputs.size()
            && outputs.stream().allMatch(Name::isValid),
        where + ".outputs is a list of " + outputs.size(),
        "x, y, noise, z-ramp, then other names, as many as output or more, none twice");
    sized(pair.getTargetList(), outputs.size(), where + ".target", "outputs");
    range(pair.getTargetList(), 0, 1, where + ".target");
    require(
        pair.getMotion() == Motion.MOTION_POSITION || pair.getMotion() == Motion.MOTION_MOVEMENT,
        where + ".motion is " + pair.getMotion(),
        "MOTION_POSITION or MOTION_MOVEMENT");
  }

  /** A scaling, found right; its name is not looked at. */
  static Scale scale(ScalingSpec spec, String where) {
    List<String> senses = spec.getSensesList();
    int size = senses.size();
    require(
        size >= Frame.FEATURES && size <= Frame.MOST_ENTRIES,
        where + ".senses is a list of " + size,
        Frame.FEATURES + ".." + Frame.MOST_ENTRIES);
    require(
        senses.subList(0, Frame.FEATURES).equals(Frame.FEATURE_NAMES)
            && senses.stream().distinct().count() == size
            && senses.stream().noneMatch(one -> one.isEmpty() || one.length() > LONGEST_ENTRY),
        where + ".senses is a list of " + size,
        "the ten features, then names of other entries, each once");
    sized(spec.getLowList(), size, where + ".low", "senses");
    sized(spec.getHighList(), size, where + ".high", "senses");
    finite(spec.getLowList(), where + ".low");
    finite(spec.getHighList(), where + ".high");
    for (int i = 0; i < size; i++) {
      double low = spec.getLow(i);
      double high = spec.getHigh(i);
      if (low >= high) {
        require(false, where + ".low[" + i + "] is " + low, "below high, " + high);
      }
    }
    range(spec.getOutLow(), 0, 1, where + ".outLow");
    range(spec.getOutHigh(), 0, 1, where + ".outHigh");
    require(
        spec.getOutLow() < spec.getOutHigh(),
        where + ".outHigh is " + spec.getOutHigh(),
        "above outLow");
    return PairWire.scale(spec);
  }

  /** Of a mapping, what its own reader lets pass. */
  static void check(MappingVersion version, String where) {
    finite(List.of(version.getLoss()), where + ".loss");
    finite(version.getLossCurveList(), where + ".lossCurve");
    finite(version.getMeanInputList(), where + ".meanInput");
  }

  static void name(String name, String where) {
    require(Name.isValid(name), where + " is \"" + MessageJson.cut(name) + "\"", Name.RULE);
  }

  private static void sized(List<?> list, int as, String where, String other) {
    require(list.size() == as, where + " has " + list.size() + " entries", as + " like " + other);
  }

  private static void range(List<Float> list, double least, double most, String where) {
    for (int i = 0; i < list.size(); i++) {
      range(list.get(i), least, most, where + "[" + i + "]");
    }
  }

  // Written so that a NaN is refused as well.
  private static void range(double value, double least, double most, String where) {
    require(
        value >= least && value <= most,
        where + " is " + plain(value),
        plain(least) + ".." + plain(most));
  }

  private static void finite(List<? extends Number> list, String where) {
    for (int i = 0; i < list.size(); i++) {
      if (!Double.isFinite(list.get(i).doubleValue())) {
        require(false, where + "[" + i + "] is " + list.get(i), "a finite number");
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }

  /** Throws IllegalArgumentException unless it is right. */
  static void require(boolean right, String wrong, String would) {
    if (!right) {
      throw new IllegalArgumentException(wrong + ": must be " + would);
    }
  }
}
