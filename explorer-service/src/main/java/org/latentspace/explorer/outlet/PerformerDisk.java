package org.latentspace.explorer.outlet;

import com.google.protobuf.Message;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.DiskRoom;

/**
 * The disk of what performers set and store, with one thread for all of it; the live path never
 * waits for it.
 */
@ApplicationScoped
public class PerformerDisk {
  private static final Logger LOG = Logger.getLogger(PerformerDisk.class);
  private static final int MOST_ASKED = 256;
  // A busy disk may take seconds to force a file.
  private static final long END_MS = 10_000;

  private final List<Work<?>> last = new CopyOnWriteArrayList<>();
  private final DiskThread thread =
      new DiskThread("explorer-disk", MOST_ASKED, END_MS, PerformerDisk::trouble);
  private volatile PerformerFiles files;

  /** Something to do with the files, on the disk's thread. */
  interface Work<T> {
    T with(PerformerFiles files) throws IOException;
  }

  /**
   * @param dir need not exist; it is made with the first file
   */
  public void open(Path dir) {
    files = new PerformerFiles(dir.resolve("performers"));
  }

  /** What is missing for so many bytes; empty if nothing is. */
  String missing(long bytes) {
    PerformerFiles own = files;
    return own == null ? "" : DiskRoom.missing(own.folder(), bytes);
  }

  /** Completes when it is done; fails with a {@link Refusal}. */
  <T> CompletableFuture<T> ask(Work<T> work) {
    return thread.ask(() -> work.with(files));
  }

  private static Exception trouble(Exception fault) {
    return fault instanceof IOException || fault instanceof UncheckedIOException
        ? new Refusal(Refusal.Kind.UNAVAILABLE, "the disk does not take it: " + fault.getMessage())
        : fault;
  }

  /**
   * Every performer's document of this name, see {@link PerformerFiles#read}; waits for the disk,
   * and says in a line if that cannot be read.
   *
   * @param what they are
   */
  <M extends Message, T> Map<String, T> readAll(
      String file, String what, M none, Function<M, T> reading) {
    Map<String, T> all = new HashMap<>();
    ask(files -> {
          for (String performer : files.performers()) {
            T document = files.read(performer, file, none, reading);
            if (document != null) {
              all.put(performer, document);
            }
          }
          return null;
        })
        .exceptionally(
            fault -> {
              LOG.warnf("%s cannot be read: %s", what, fault.getMessage());
              return null;
            })
        .join();
    return all;
  }

  /** Has it done some time later, unless the service ends before. */
  void later(Work<?> work, long afterMs) {
    thread.later(() -> attempt(work), afterMs);
  }

  /** Nobody waits for it: what is left undone is known to who asked. */
  private void attempt(Work<?> work) {
    try {
      work.with(files);
    } catch (IOException | RuntimeException fault) {
      LOG.debugf("not done on the disk: %s", fault.getMessage());
    }
  }

  /** Has it done when the service ends. */
  void atEnd(Work<?> work) {
    last.add(work);
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Writes what is left. */
  public void close() {
    if (!thread.end(() -> last.forEach(this::attempt))) {
      LOG.warn("the disk holds the settings up; the last second of them may be lost");
    }
  }
}
