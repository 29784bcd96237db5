package org.latentspace.training.data.outlet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.latentspace.kept.JournalFile;
import org.latentspace.training.data.Journal;
import org.latentspace.training.data.Journal.Change;
import org.latentspace.training.rhythm.Song;

/**
 * The journal of training-service's data set, below its data directory: a record is the changes of
 * an append as a JSON array, so it is there as a whole or not at all. When the file has doubled
 * since it was last written anew, it is written anew.
 */
public final class PieceJournal implements Journal {
  private static final Logger LOG = Logger.getLogger(PieceJournal.class);
  private static final ObjectMapper JSON = json();
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
    try {
      file = new JournalFile(path, bytes -> tell(bytes, each));
    } catch (UncheckedIOException earlier) {
      throw earlier.getCause();
    }
    size = file.bytes();
    sizeWhenNew = size;
  }

  private void tell(byte[] bytes, Consumer<Change> each) throws IOException {
    if (bytes.length > 0 && bytes[0] != '[') {
      // Nothing of it is cut away as damage would be.
      throw new UncheckedIOException(
          new IOException(path + " is of an earlier build: move it away"));
    }
    List.of(JSON.readValue(bytes, Change[].class)).forEach(each);
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
    try {
      return JSON.writeValueAsBytes(changes);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ObjectMapper json() {
    StdConverter<String, Instant> instant =
        new StdConverter<>() {
          @Override
          public Instant convert(String written) {
            return Instant.parse(written);
          }
        };
    ObjectMapper json =
        new ObjectMapper()
            .registerModule(
                new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new StdDelegatingDeserializer<>(instant)));
    // There are millions of them: their names are left out.
    for (Class<?> each : List.of(Song.Note.class, Song.Tempo.class, Song.Metre.class)) {
      json.configOverride(each).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY));
    }
    return json;
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
