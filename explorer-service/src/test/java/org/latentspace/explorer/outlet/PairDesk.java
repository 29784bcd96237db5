package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.proto.TrainingPair;

/** A disk that can be killed, and a log that notes what arrives; for tests of teaching. */
abstract class PairDesk {
  static final long ROOM = 10 << 20;

  @TempDir Path folder;

  final List<String> arrived = new CopyOnWriteArrayList<>();
  final List<AutoCloseable> open = new ArrayList<>();
  PairBook book;
  PairDisk pairDisk;
  KeptOutlet kept;
  volatile String topicId;
  // Whether the log is read at the start, as the service does it, and has no pairs.
  boolean logIsEmpty = true;

  /** Notes what arrives: "+key" or "-key". */
  final KeptLog log =
      new KeptLog() {
        @Override
        public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
          assertEquals(Topic.TRAINING_PAIRS, topic);
          arrived.add((value == null ? "-" : "+") + key);
          return CompletableFuture.completedFuture((long) arrived.size());
        }

        @Override
        public String topicId(Topic topic) {
          return topicId;
        }

        @Override
        public Following follow(Topic topic, String follower, Start start, Handler handler) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String status() {
          return "ok";
        }

        @Override
        public void close() {}
      };

  static Pair pair(String performer, String name) {
    float[] vector = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1};
    float[] raw = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    return new Pair(
        performer,
        name,
        1_700_000_000_123L,
        new PairInput(vector, raw, "lse", Frame.FEATURE_NAMES, 1),
        PairTarget.of(new float[4], new float[0], List.of(), Motion.POSITION));
  }

  PairFlow begin(Path pairs, long room) {
    book = new PairBook(3);
    pairDisk = new PairDisk(book);
    kept = new KeptOutlet(folder.resolve("kept"), Topic.TRAINING_PAIRS, log, room);
    KeptOutlet keeping = kept;
    pairDisk.open(pairs, keeping);
    PairFlow outlet = new PairFlow(book, pairDisk);
    if (logIsEmpty && pairDisk.isLogUnread()) {
      join(pairDisk.takeOver(List.of()));
    }
    open.add(pairDisk::close);
    open.add(keeping);
    return outlet;
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    open.clear();
  }

  static Refusal refused(CompletionStage<?> answer) {
    return (Refusal)
        assertThrows(CompletionException.class, () -> answer.toCompletableFuture().join())
            .getCause();
  }

  void awaitArrived(String... changes) {
    until("changes arrive: " + changes.length, () -> arrived.size() >= changes.length);
    assertEquals(List.of(changes), arrived);
  }

  static void awaitHandedOn(PairDisk pairDisk) {
    until("all is handed on", () -> pairDisk.waiting() == 0);
  }

  List<TrainingPair> taught(String performer) {
    return book.of(performer).stream().map(PairWire::pair).toList();
  }

  static <T> T join(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  /** The file as it is now, and nothing else, is what a kill leaves behind. */
  PairFlow kill(Path pairs, String name) throws Exception {
    Path killed = Files.createDirectory(folder.resolve(name));
    Files.copy(pairs.resolve(PairStore.NAME), killed.resolve(PairStore.NAME));
    end();
    return begin(killed, ROOM);
  }
}
