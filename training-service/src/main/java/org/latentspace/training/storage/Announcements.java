package org.latentspace.training.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sees to it that what changes here is also told to others, even when a crash comes in between.
 *
 * <pre>
 *   mark the key -> change what is kept -> tell the newest state -> take the mark away
 * </pre>
 *
 * A mark is an empty file; the keys that are still marked at the next start are told again.
 */
public final class Announcements {
  private static final char SLASH_IN_NAMES = '@';

  private final Path folder;
  private final Function<String, CompletionStage<Void>> teller;
  // Guarded by this: the newest announcement of a key, so that an older one's end says nothing.
  private final Map<String, Long> turns = new HashMap<>();
  private long turn;

  /**
   * @param teller hands on the newest state of a key, and completes when that will not get lost
   */
  public Announcements(Path folder, Function<String, CompletionStage<Void>> teller) {
    this.folder = folder;
    this.teller = teller;
  }

  /** Changes what is kept under a key, and tells it; the change's exceptions come through. */
  public <T> T changing(String key, Supplier<T> change) {
    AtomicFile.write(mark(key), new byte[0]);
    try {
      return change.get();
    } finally {
      tell(key);
    }
  }

  /** Tells again what may not have been heard. */
  public void again() {
    waiting().forEach(this::tell);
  }

  /** Tells all of these; completes with how many they are when none of them will get lost. */
  public CompletionStage<Integer> all(List<String> keys) {
    CompletableFuture<?>[] told =
        keys.stream()
            .map(key -> tell(key).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(told).thenApply(done -> keys.size());
  }

  /** Keys of which others may not know the newest state. */
  public List<String> waiting() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> marks = Files.list(folder)) {
      return marks
          .map(each -> each.getFileName().toString())
          .filter(name -> !name.endsWith(".draft"))
          .map(name -> name.replace(SLASH_IN_NAMES, '/'))
          .sorted()
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + folder, broken);
    }
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
      AtomicFile.delete(mark(key));
    }
  }

  private Path mark(String key) {
    return folder.resolve(key.replace('/', SLASH_IN_NAMES));
  }
}
