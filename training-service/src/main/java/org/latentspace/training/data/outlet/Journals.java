package org.latentspace.training.data.outlet;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.latentspace.training.data.Change;
import org.latentspace.training.data.Journal;
import org.latentspace.training.data.Motion;
import org.latentspace.training.data.PairStore;
import org.latentspace.training.data.PairTarget;
import org.latentspace.training.data.TaughtPair;

/** The journals of training-service's data set and pairs, below its data directory. */
public final class Journals {
  private Journals() {}

  public static Journal<Change> ofPieces(Path dataDir) {
    return new JournalFile<>(dataDir.resolve("pieces.journal"), new PieceCodec());
  }

  public static Journal<PairStore.Change> ofPairs(Path dataDir) {
    return new JournalFile<>(dataDir.resolve("pairs.journal"), new PairCodec());
  }

  /** Reads one element of a list. */
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** Writes one element of a list. */
  interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    // Each element has a byte or more, so that a false size ends with the bytes, not the memory.
    if (size < 0 || size > in.available()) {
      throw new IOException("a list of " + size);
    }
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  static <T> void writeList(Collection<T> list, DataOutputStream out, Writer<T> writer)
      throws IOException {
    out.writeInt(list.size());
    for (T each : list) {
      writer.write(each, out);
    }
  }

  static void writeText(String text, DataOutputStream out) throws IOException {
    out.writeUTF(text);
  }

  static String readText(DataInputStream in) throws IOException {
    return in.readUTF();
  }

  static void writeInstant(Instant instant, DataOutputStream out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  /** A pair, or the key of one that was taken away. */
  private static final class PairCodec implements Codec<PairStore.Change> {
    private static final int GONE = 0;
    // Without what it means, as it was written before there were mappings to fit.
    private static final int BARE = 1;
    // Without its spread, as it was written before spreads were measured.
    private static final int NARROW = 2;
    private static final int WHOLE = 3;

    @Override
    public void write(PairStore.Change change, DataOutputStream out) throws IOException {
      TaughtPair pair = change.pair();
      writeText(change.key(), out);
      out.writeByte(pair == null ? GONE : WHOLE);
      if (pair != null) {
        writeText(pair.performer(), out);
        writeText(pair.pair(), out);
        writeInstant(pair.taughtAt(), out);
        writeList(pair.input(), out, (value, to) -> to.writeFloat(value));
        writeList(pair.rawInput(), out, (value, to) -> to.writeFloat(value));
        writeText(pair.scaling(), out);
        writeList(pair.senses(), out, Journals::writeText);
        writeList(pair.output(), out, (value, to) -> to.writeFloat(value));
        writeList(pair.meaning().target(), out, (value, to) -> to.writeFloat(value));
        writeList(pair.meaning().outputs(), out, Journals::writeText);
        writeText(pair.meaning().motion().name(), out);
        out.writeInt(pair.meaning().frames());
        writeList(pair.spread(), out, (value, to) -> to.writeFloat(value));
      }
    }

    @Override
    public PairStore.Change read(DataInputStream in) throws IOException {
      String key = readText(in);
      int kind = in.readByte();
      if (kind == GONE) {
        return new PairStore.Change(key, null);
      } else if (kind != BARE && kind != NARROW && kind != WHOLE) {
        throw new IOException("a pair of kind " + kind);
      }
      TaughtPair pair =
          new TaughtPair(
              readText(in),
              readText(in),
              readInstant(in),
              readList(in, DataInputStream::readFloat),
              readList(in, DataInputStream::readFloat),
              readText(in),
              readList(in, Journals::readText),
              readList(in, DataInputStream::readFloat));
      if (kind != BARE) {
        pair = pair.with(readMeaning(in));
      }
      if (kind == WHOLE) {
        pair = pair.with(readList(in, DataInputStream::readFloat));
      }
      return new PairStore.Change(key, pair);
    }

    private static PairTarget readMeaning(DataInputStream in) throws IOException {
      return new PairTarget(
          readList(in, DataInputStream::readFloat),
          readList(in, Journals::readText),
          Motion.valueOf(readText(in)),
          in.readInt());
    }
  }
}
