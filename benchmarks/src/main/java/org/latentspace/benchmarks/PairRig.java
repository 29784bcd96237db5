package org.latentspace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.kept.DiskLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.proto.ListPairsReply;

/**
 * What do 1 000 pairs of each of 16 performers cost to teach, list, scale, clear and take back?
 *
 * <p>The real journal and the real log of this machine's disk, in the folder that is named (the
 * working directory if none is); the arguments are pairs, performers and folder.
 */
public final class PairRig {
  private static final double MS = 1e6;

  private PairRig() {}

  public static void main(String[] arguments) throws IOException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int performers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
    Path folder =
        Files.createTempDirectory(Path.of(arguments.length > 2 ? arguments[2] : "."), "pair-rig");
    try (DiskLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet kept =
            new KeptOutlet(folder.resolve("kept"), Topic.TRAINING_PAIRS, log, 256L << 20)) {
      PairBook book = new PairBook(performers);
      PairDisk disk = new PairDisk(book);
      disk.open(folder.resolve("pairs"), kept);
      measure(new PairFlow(book, disk), book, pairs, performers);
      double handedOn = time(() -> handedOn(disk));
      System.out.printf("then all is in the log after %.0f ms%n", handedOn);
      long begin = System.nanoTime();
      PairBook again = new PairBook(performers);
      disk.close();
      PairDisk next = new PairDisk(again);
      next.open(folder.resolve("pairs"), kept);
      System.out.printf(
          "start with %d pairs: %.0f ms%n", again.count(), (System.nanoTime() - begin) / MS);
      next.close();
    } finally {
      delete(folder);
    }
  }

  private static void measure(PairFlow outlet, PairBook book, int pairs, int performers) {
    Random random = new Random(1);
    double[] add = new double[pairs * performers];
    for (int i = 0; i < add.length; i++) {
      Pair pair = pair("p" + i % performers, "pair-" + i, i, random);
      long begin = System.nanoTime();
      outlet.add(pair).toCompletableFuture().join();
      add[i] = (System.nanoTime() - begin) / MS;
    }
    say("add", add);
    say("add, the last 1000", Arrays.copyOfRange(add, Math.max(0, add.length - 1000), add.length));
    double[] list = new double[200];
    for (int i = 0; i < list.length; i++) {
      long begin = System.nanoTime();
      ListPairsReply.Builder reply = ListPairsReply.newBuilder();
      book.of("p" + i % performers).forEach(pair -> reply.addPairs(PairWire.pair(pair)));
      reply.build().toByteArray();
      list[i] = (System.nanoTime() - begin) / MS;
    }
    say("list", list);
    double[] clear = new double[performers];
    double[] undo = new double[performers];
    double[] undoAdd = new double[performers];
    double[] scale = new double[performers];
    for (int i = 0; i < performers; i++) {
      String name = "p" + i;
      clear[i] = time(() -> outlet.clear(name).toCompletableFuture().join());
      undo[i] = time(() -> outlet.undo(name).toCompletableFuture().join());
      undoAdd[i] = time(() -> outlet.undo(name).toCompletableFuture().join());
      scale[i] = time(() -> scaled(outlet, name));
    }
    say("clear", clear);
    say("undo of clear", undo);
    say("undo of an add", undoAdd);
    say("another scaling", scale);
  }

  private static void scaled(PairFlow outlet, String performer) {
    double[] high = new double[Frame.FEATURES];
    Arrays.fill(high, 12_000);
    outlet.scale(
        performer,
        new Scale("auto-1", Frame.FEATURE_NAMES, new double[Frame.FEATURES], high, 0.1, 0.9));
    // The next change is answered after it.
    while (outlet.scale(performer) == null) {
      Thread.onSpinWait();
    }
  }

  private static void handedOn(PairDisk disk) {
    while (disk.waiting() > 0) {
      Thread.onSpinWait();
    }
  }

  private static double time(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / MS;
  }

  private static Pair pair(String performer, String name, long millis, Random random) {
    float[] vector = new float[Frame.FEATURES];
    float[] raw = new float[Frame.FEATURES];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat();
      raw[i] = vector[i] * 10_000;
    }
    PairTarget meaning =
        PairTarget.of(
            new float[] {random.nextFloat(), random.nextFloat(), 0, 100},
            new float[0],
            List.of(),
            Motion.POSITION);
    PairInput played = new PairInput(vector, raw, "lse", Frame.FEATURE_NAMES, 40);
    return new Pair(performer, name, millis, played, meaning);
  }

  private static void say(String what, double[] milliseconds) {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%-20s %6d x: median %.2f ms, p99 %.2f ms, most %.2f ms%n",
        what,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.99)],
        sorted[sorted.length - 1]);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
