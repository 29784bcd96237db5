package org.latentspace.explorer.outlet;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.Undoable;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.explorer.wire.ScaleWire;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.TrainingPair;

/**
 * Writes changes of the pairs as what the file holds: a kind, a number, and what the kind needs.
 *
 * <pre>
 *   ADDED, EDITED, STAGED, KEPT   TrainingPair        REMOVED, CLEARED   TrainingPair, names only
 *   UNDONE     performer, number of the change        SCALED     performer, ScalingSpec
 *   REPLACED   performer, how many were staged, ScalingSpec or nothing
 *   UNDOABLE   performer, kind, name of the added pair, how many were staged
 *   TO_HAND_ON key, 1 or 0 for gone, TrainingPair     HANDED_ON, LOG_UNREAD   nothing
 * </pre>
 *
 * STAGED ones belong to the next that says how many they are. KEPT, UNDOABLE and TO_HAND_ON are
 * what a file is shortened to. LOG_UNREAD stands at the beginning of a file on a disk without pairs
 * until those of the log were taken over.
 */
final class ChangeWire {
  static final byte ADDED = 1;
  static final byte REMOVED = 2;
  static final byte HANDED_ON = 3;
  static final byte EDITED = 4;
  static final byte CLEARED = 5;
  static final byte UNDONE = 6;
  static final byte SCALED = 7;
  static final byte STAGED = 8;
  static final byte REPLACED = 9;
  static final byte KEPT = 10;
  static final byte UNDOABLE = 11;
  static final byte TO_HAND_ON = 12;
  static final byte LOG_UNREAD = 13;

  private ChangeWire() {}

  /** Writes the fields of a kind. */
  private interface Fields {
    void write(DataOutputStream to) throws IOException;
  }

  static List<PairFile.Change> written(long number, Change change) throws IOException {
    if (change instanceof Change.Added added) {
      return List.of(pair(ADDED, number, added.pair()));
    }
    if (change instanceof Change.Edited edited) {
      return List.of(pair(EDITED, number, edited.pair()));
    }
    if (change instanceof Change.Removed removed) {
      return List.of(names(REMOVED, number, removed.performer(), removed.name()));
    }
    if (change instanceof Change.Cleared cleared) {
      return List.of(names(CLEARED, number, cleared.performer(), ""));
    }
    if (change instanceof Change.Undone undone) {
      return List.of(
          fields(
              UNDONE,
              number,
              to -> {
                to.writeUTF(undone.performer());
                to.writeLong(undone.number());
              }));
    }
    if (change instanceof Change.Scaled scaled) {
      return List.of(
          fields(
              SCALED,
              number,
              to -> {
                to.writeUTF(scaled.performer());
                to.write(ScaleWire.scale(scaled.scale()).toByteArray());
              }));
    }
    return replaced(number, (Change.Replaced) change);
  }

  private static List<PairFile.Change> replaced(long number, Change.Replaced change)
      throws IOException {
    List<PairFile.Change> written = staged(number, change.pairs());
    written.add(
        fields(
            REPLACED,
            number,
            to -> {
              to.writeUTF(change.performer());
              to.writeInt(change.pairs().size());
              if (change.scale() != null) {
                to.write(ScaleWire.scale(change.scale()).toByteArray());
              }
            }));
    return written;
  }

  static List<PairFile.Change> undoable(String performer, Undoable change) throws IOException {
    List<PairFile.Change> written = staged(change.number(), change.before());
    written.add(
        fields(
            UNDOABLE,
            change.number(),
            to -> {
              to.writeUTF(performer);
              to.writeByte(change.kind().ordinal());
              to.writeUTF(change.added());
              to.writeInt(change.before().size());
            }));
    return written;
  }

  private static List<PairFile.Change> staged(long number, List<Pair> pairs) {
    List<PairFile.Change> written = new ArrayList<>(pairs.size() + 1);
    for (Pair pair : pairs) {
      written.add(pair(STAGED, number, pair));
    }
    return written;
  }

  static PairFile.Change kept(Pair pair) {
    return pair(KEPT, 0, pair);
  }

  static PairFile.Change toHandOn(PairStore.Waiting waiting) throws IOException {
    return fields(
        TO_HAND_ON,
        waiting.number(),
        to -> {
          to.writeUTF(waiting.key());
          to.writeByte(waiting.value() == null ? 0 : 1);
          to.write(waiting.value() == null ? new byte[0] : waiting.value());
        });
  }

  static PairFile.Change handedOnUpTo(long number) {
    return change(HANDED_ON, number, new byte[0]);
  }

  static PairFile.Change logUnread() {
    return change(LOG_UNREAD, 0, new byte[0]);
  }

  private static PairFile.Change pair(byte kind, long number, Pair pair) {
    return change(kind, number, PairWire.pair(pair).toByteArray());
  }

  private static PairFile.Change names(byte kind, long number, String performer, String name) {
    return change(
        kind,
        number,
        TrainingPair.newBuilder().setPerformer(performer).setPair(name).build().toByteArray());
  }

  private static PairFile.Change fields(byte kind, long number, Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fields.write(new DataOutputStream(bytes));
    return change(kind, number, bytes.toByteArray());
  }

  private static PairFile.Change change(byte kind, long number, byte[] message) {
    return new PairFile.Change(
        kind,
        ByteBuffer.allocate(Long.BYTES + message.length).putLong(number).put(message).array());
  }

  /** The number of what is written. */
  static long number(PairFile.Change change) throws IOException {
    if (change.body().length < Long.BYTES) {
      throw new IOException("a change without a number");
    }
    return ByteBuffer.wrap(change.body()).getLong();
  }

  private static byte[] message(PairFile.Change change) {
    return Arrays.copyOfRange(change.body(), Long.BYTES, change.body().length);
  }

  static Pair pair(PairFile.Change change) throws InvalidProtocolBufferException {
    return PairWire.pair(TrainingPair.parseFrom(message(change)));
  }

  private static DataInputStream fields(PairFile.Change change) {
    return new DataInputStream(new ByteArrayInputStream(message(change)));
  }

  /** What ADDED, REMOVED, EDITED, CLEARED, UNDONE, SCALED and REPLACED say. */
  static Change read(PairFile.Change written, List<Pair> staged) throws IOException {
    DataInputStream fields = fields(written);
    return switch (written.kind()) {
      case ADDED -> new Change.Added(pair(written));
      case EDITED -> new Change.Edited(pair(written));
      case REMOVED -> {
        TrainingPair names = TrainingPair.parseFrom(message(written));
        yield new Change.Removed(names.getPerformer(), names.getPair());
      }
      case CLEARED -> new Change.Cleared(TrainingPair.parseFrom(message(written)).getPerformer());
      case UNDONE -> new Change.Undone(fields.readUTF(), fields.readLong());
      case SCALED -> new Change.Scaled(fields.readUTF(), scale(fields.readAllBytes()));
      case REPLACED -> {
        String performer = fields.readUTF();
        List<Pair> pairs = last(staged, fields.readInt());
        byte[] scale = fields.readAllBytes();
        yield new Change.Replaced(performer, pairs, scale.length == 0 ? null : scale(scale));
      }
      default -> throw new IOException("kind " + written.kind());
    };
  }

  private static Scale scale(byte[] message) throws InvalidProtocolBufferException {
    return ScaleWire.scale(ScalingSpec.parseFrom(message));
  }

  /**
   * A change that can be taken back.
   *
   * @param performer whose it is
   */
  record Past(String performer, Undoable change) {}

  static Past undoable(PairFile.Change written, List<Pair> staged) throws IOException {
    DataInputStream fields = fields(written);
    String performer = fields.readUTF();
    int kind = fields.readUnsignedByte();
    String added = fields.readUTF();
    List<Pair> before = last(staged, fields.readInt());
    if (kind >= Undoable.Kind.values().length) {
      throw new IOException("a change of kind " + kind);
    }
    Undoable.Kind known = Undoable.Kind.values()[kind];
    return new Past(performer, new Undoable(number(written), known, before, added));
  }

  static PairStore.Waiting toHandOn(PairFile.Change written) throws IOException {
    DataInputStream fields = fields(written);
    String key = fields.readUTF();
    boolean gone = fields.readUnsignedByte() == 0;
    byte[] value = fields.readAllBytes();
    return new PairStore.Waiting(number(written), key, gone ? null : value);
  }

  /** The last so many: what a crash has left of a change that was not finished lies before. */
  private static List<Pair> last(List<Pair> staged, int count) throws IOException {
    if (count < 0 || staged.size() < count) {
      throw new IOException(staged.size() + " pairs of " + count);
    }
    return List.copyOf(staged.subList(staged.size() - count, staged.size()));
  }
}
