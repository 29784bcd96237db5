package org.latentspace.training.data.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.kept.KeptRecord;
import org.latentspace.performer.Name;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.TrainingPair;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;

/** Reads what the log keeps; IllegalArgumentException says what is wrong with a record. */
public final class KeptMessages {
  private KeptMessages() {}

  /**
   * What was played.
   *
   * @param askedFor somebody wants it in the data set, new or not
   */
  record Played(Arrival arrival, boolean askedFor) {}

  /** Bars that were played, as a piece under the record's key. */
  static Played rhythm(KeptRecord record, KitMap kit) {
    RecordedRhythm message = parse(record, RecordedRhythm.getDefaultInstance());
    checkKey(record, message.getEnsemble() + "/" + message.getRhythmId());
    Song song = PlayedSong.of(record.key(), message, kit);
    Instant played = DataWire.instant("played_at", message.getPlayedAt());
    Origin origin = new Origin(Source.RECORDED, record.key(), message.getPerformer(), played);
    List<String> tags = new ArrayList<>();
    tags.add("ensemble:" + message.getEnsemble());
    if (!message.getSource().isEmpty()) {
      tags.add("from:" + message.getSource());
    }
    if (!message.getRhythm().getModelVersion().isEmpty()) {
      tags.add("model:" + message.getRhythm().getModelVersion());
    }
    return new Played(new Arrival(song, origin, tags), message.getAskedFor());
  }

  /** A pair that was taught. */
  public static TaughtPair pair(KeptRecord record) {
    TrainingPair message = parse(record, TrainingPair.getDefaultInstance());
    checkKey(record, message.getPerformer() + "/" + message.getPair());
    return pair(message);
  }

  /** A pair of the log or of a request. */
  public static TaughtPair pair(TrainingPair message) {
    return new TaughtPair(
        message.getPerformer(),
        message.getPair(),
        DataWire.instant("taught_at", message.getTaughtAt()),
        message.getInputList(),
        message.getRawInputList(),
        message.getScaling(),
        message.getSensesList(),
        message.getSpreadList(),
        message.getOutputList(),
        meaning(message));
  }

  private static Target meaning(TrainingPair message) {
    Motion motion =
        message.getMotion() == org.latentspace.proto.Motion.MOTION_MOVEMENT
            ? Motion.MOVEMENT
            : Motion.POSITION;
    int frames = message.getFrames();
    return message.getTargetCount() == 0
        ? Target.of(message.getOutputList(), motion, frames)
        : new Target(message.getTargetList(), message.getOutputsList(), motion, frames);
  }

  @SuppressWarnings("unchecked")
  private static <M extends Message> M parse(KeptRecord record, M kind) {
    if (record.value() == null) {
      throw new IllegalArgumentException("it has no value");
    }
    try {
      return (M) kind.getParserForType().parseFrom(record.value());
    } catch (InvalidProtocolBufferException broken) {
      String name = kind.getDescriptorForType().getName();
      throw new IllegalArgumentException("it is no " + name, broken);
    }
  }

  private static void checkKey(KeptRecord record, String inside) {
    String[] parts = record.key().split("/", -1);
    if (!record.key().equals(inside)
        || parts.length != 2
        || !Name.isValid(parts[0])
        || !Name.isValid(parts[1])) {
      throw new IllegalArgumentException(
          "its key must be two names of A-Z a-z 0-9 _ - with / between them, as inside it");
    }
  }
}
