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

/**
 * The journal of training-service's data set, below its data directory, and how it writes values.
 */
public final class Journals {
  private Journals() {}

  public static Journal<Change> ofPieces(Path dataDir) {
    return new JournalFile<>(dataDir.resolve("pieces.journal"), new PieceCodec());
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
}
