package org.latentspace.explorer.outlet;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairLedger.Undoable;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.proto.PairChange;
import org.latentspace.proto.PairsReplaced;
import org.latentspace.proto.TrainingPair;
import org.latentspace.proto.UndoableChange;
import org.latentspace.proto.UnsentPair;

/** Writes changes of the pairs as records of the journal, and reads them back. */
final class ChangeWire {
  private ChangeWire() {}

  static PairChange written(long number, Change change) {
    PairChange.Builder record =
        PairChange.newBuilder().setNumber(number).setPerformer(change.performer());
    if (change instanceof Change.Put put) {
      record.setPut(PairWire.pair(put.pair()));
    } else if (change instanceof Change.Removed removed) {
      record.setRemoved(removed.name());
    } else if (change instanceof Change.Cleared) {
      record.setCleared(true);
    } else if (change instanceof Change.Undone undone) {
      record.setUndone(undone.number());
    } else if (change instanceof Change.Scaled scaled) {
      record.setScaled(PairWire.scale(scaled.scale()));
    } else if (change instanceof Change.Replaced replaced) {
      PairsReplaced.Builder all = PairsReplaced.newBuilder().addAllPairs(wire(replaced.pairs()));
      if (replaced.scale() != null) {
        all.setScaling(PairWire.scale(replaced.scale()));
      }
      record.setReplaced(all);
    }
    return record.build();
  }

  /** Reads one of {@link #written}; throws IOException for another. */
  static Change read(PairChange record) throws IOException {
    String performer = record.getPerformer();
    return switch (record.getChangeCase()) {
      case PUT -> new Change.Put(PairWire.pair(record.getPut()));
      case REMOVED -> new Change.Removed(performer, record.getRemoved());
      case CLEARED -> new Change.Cleared(performer);
      case UNDONE -> new Change.Undone(performer, record.getUndone());
      case SCALED -> new Change.Scaled(performer, PairWire.scale(record.getScaled()));
      case REPLACED -> {
        PairsReplaced all = record.getReplaced();
        Scale scale = all.hasScaling() ? PairWire.scale(all.getScaling()) : null;
        yield new Change.Replaced(performer, pairs(all.getPairsList()), scale);
      }
      default -> throw new IOException("a change of kind " + record.getChangeCase());
    };
  }

  static PairChange present(Pair pair) {
    return PairChange.newBuilder()
        .setPerformer(pair.performer())
        .setPresent(PairWire.pair(pair))
        .build();
  }

  static PairChange undoable(String performer, Undoable change) {
    return PairChange.newBuilder()
        .setNumber(change.number())
        .setPerformer(performer)
        .setUndoable(
            UndoableChange.newBuilder()
                .setKind(change.kind().name())
                .addAllBefore(wire(change.before()))
                .setAdded(change.added()))
        .build();
  }

  /** Throws IllegalArgumentException for a kind that there is not. */
  static Undoable undoable(PairChange record) {
    UndoableChange change = record.getUndoable();
    return new Undoable(
        record.getNumber(),
        Undoable.Kind.valueOf(change.getKind()),
        pairs(change.getBeforeList()),
        change.getAdded());
  }

  static PairChange unsent(PairStore.Waiting waiting) {
    UnsentPair.Builder pair = UnsentPair.newBuilder().setKey(waiting.key());
    if (waiting.value() != null) {
      pair.setValue(ByteString.copyFrom(waiting.value()));
    }
    return PairChange.newBuilder().setNumber(waiting.number()).setUnsent(pair).build();
  }

  static PairStore.Waiting unsent(PairChange record) {
    UnsentPair pair = record.getUnsent();
    byte[] value = pair.hasValue() ? pair.getValue().toByteArray() : null;
    return new PairStore.Waiting(record.getNumber(), pair.getKey(), value);
  }

  static PairChange sentUpTo(long number) {
    return PairChange.newBuilder().setNumber(number).setSent(true).build();
  }

  static PairChange logUnread() {
    return PairChange.newBuilder().setLogUnread(true).build();
  }

  private static List<TrainingPair> wire(List<Pair> pairs) {
    return pairs.stream().map(PairWire::pair).toList();
  }

  private static List<Pair> pairs(List<TrainingPair> messages) {
    return messages.stream().map(PairWire::pair).toList();
  }
}
