package org.latentspace.training.storage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes every change of what is stored, also when a crash comes in between.
 *
 * <pre>
 *   mark the key -> change what is stored -> publish the newest state -> delete the mark
 * </pre>
 *
 * A mark is an empty file; keys that are still marked at the next start are published again.
 */
public final class Announcements {
  private static final char SLASH_IN_NAMES = '@';

  private final Path folder;
  private final Function<String, CompletionStage<Void>> teller;
  // Guarded by this: the newest announcement of a key, so that an older one's end says nothing.
  private final Map<String, Long> turns = new HashMap<>();
  private long turn;

  /**
   * @param teller publishes the newest state of a key; completes once the record is durable
   */
  public Announcements(Path folder, Function<String, CompletionStage<Void>> teller) {
    this.folder = folder;
    this.teller = teller;
  }

  /**
   * Changes what is stored under a key and publishes it; exceptions of the change are thrown on.
   */
  public <T> T changing(String key, Supplier<T> change) {
    StoredFile.write(mark(key), new byte[0]);
    try {
      return change.get();
    } finally {
      tell(key);
    }
  }

  /** Publishes again every marked key. */
  public void again() {
    waiting().forEach(this::tell);
  }

  /** Publishes all of these; completes with their number once all are durable. */
  public CompletionStage<Integer> all(List<String> keys) {
    CompletableFuture<?>[] told =
        keys.stream()
            .map(key -> tell(key).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(told).thenApply(done -> keys.size());
  }

  /** Keys whose newest state may not be published. */
  public List<String> waiting() {
    return StoredFile.list(folder).stream()
        .map(each -> each.getFileName().toString())
        .filter(name -> !name.endsWith(".draft"))
        .map(name -> name.replace(SLASH_IN_NAMES, '/'))
        .toList();
  }

  // One at a time: of one key, the newer state must be told later.
  private synchronized CompletionStage<Void> tell(String key) {
    long mine = ++turn;
    turns.put(key, mine);
    CompletionStage<Void> told;
    try {
      told = teller.apply(key);
    } catch (RuntimeException failed) {
      told = CompletableFuture.failedFuture(failed);
    }
    told.whenComplete(
        (done, failed) -> {
          if (failed == null) {
            heard(key, mine);
          }
        });
    return told;
  }

  private synchronized void heard(String key, long mine) {
    if (turns.remove(key, mine)) {
      StoredFile.delete(mark(key));
    }
  }

  private Path mark(String key) {
    return folder.resolve(key.replace('/', SLASH_IN_NAMES));
  }
}
