package org.latentspace.training.data.outlet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.latentspace.kept.JournalFile;
import org.latentspace.training.data.Journal;
import org.latentspace.training.data.Journal.Change;

/**
 * The journal of training-service's data set, below its data directory: a record is the changes of
 * an append, one after the other, so it is there as a whole or not at all. When the file has
 * doubled since it was last written anew, it is written anew.
 */
public final class PieceJournal implements Journal {
  private static final Logger LOG = Logger.getLogger(PieceJournal.class);
  private static final long WORTH_WRITING_ANEW = 1 << 20;

  private final Path path;
  private JournalFile file;
  private volatile long size;
  private long sizeWhenNew;

  public PieceJournal(Path dataDir) {
    path = dataDir.resolve("pieces.journal");
  }

  @Override
  public void open(Consumer<Change> each) throws IOException {
    close();
    file = new JournalFile(path, bytes -> tell(bytes, each));
    size = file.bytes();
    sizeWhenNew = size;
  }

  private static void tell(byte[] bytes, Consumer<Change> each) throws IOException {
    List<Change> changes = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    while (in.available() > 0) {
      changes.add(PieceCodec.read(in));
    }
    changes.forEach(each);
  }

  @Override
  public void append(List<Change> changes, Supplier<Iterable<Change>> whole) throws IOException {
    if (file == null) {
      throw new IOException(path + " is not open");
    }
    if (size > WORTH_WRITING_ANEW && size > 2 * sizeWhenNew) {
      writeAnew(whole.get());
    }
    file.append(true, bytes(changes));
    size = file.bytes();
  }

  private void writeAnew(Iterable<Change> whole) {
    try {
      file.rewrite(
          () ->
              StreamSupport.stream(whole.spliterator(), false)
                  .map(change -> bytes(List.of(change)))
                  .iterator());
    } catch (IOException failed) {
      // The old file is whole and goes on; the next try is when it has doubled again.
      LOG.warn(path + " cannot be written anew: " + failed);
    }
    sizeWhenNew = file.bytes();
  }

  private static byte[] bytes(List<Change> changes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (Change change : changes) {
        PieceCodec.write(change, out);
      }
    } catch (IOException e) {
      // Memory takes all; a text of more than 64 kB does not fit.
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public long bytes() {
    return size;
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException ignored) {
      LOG.debugf("%s closed badly: %s", path, ignored);
    }
    file = null;
  }
}
