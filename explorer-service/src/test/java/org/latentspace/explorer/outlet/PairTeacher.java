package org.latentspace.explorer.outlet;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;

/** A process that teaches until it is killed, and says each pair that was answered. */
final class PairTeacher {
  private PairTeacher() {}

  public static void main(String[] folder) {
    Path pairs = Path.of(folder[0]);
    PairBook book = new PairBook(1);
    PairDisk disk = new PairDisk(book);
    disk.open(pairs, new KeptOutlet(pairs.resolve("kept"), Topic.TRAINING_PAIRS, gone(), 10 << 20));
    PairFlow outlet = new PairFlow(book, disk);
    PairTarget meaning = PairTarget.of(new float[4], new float[0], List.of(), Motion.POSITION);
    for (int i = 0; i < 100_000; i++) {
      PairInput input = new PairInput(new float[10], new float[10], "lse", Frame.FEATURE_NAMES, 1);
      Pair pair = new Pair("ann", outlet.newName(), 0, input, meaning);
      outlet.add(pair).toCompletableFuture().join();
      System.out.println(pair.name());
    }
  }

  private static KeptLog gone() {
    return new KeptLog() {
      @Override
      public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
        return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
      }

      @Override
      public Following follow(Topic topic, String follower, Start start, Handler handler) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String status() {
        return "no broker";
      }

      @Override
      public void close() {}
    };
  }
}
