package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitState;
import org.latentspace.proto.Origin;
import org.latentspace.proto.TeachingServiceGrpc;

/**
 * Question: how long from the click on fit until the new mapping plays, and how long may a
 * performer wait for a point meanwhile? The product (all-in-one) in a process of its own; this one
 * plays lossless frames, 86 a second and performer, each of which returns with its point.
 */
public final class ClickRig {
  private static final int PORT = 18_081;
  private static final int GRPC_PORT = PORT + 1000;
  private static final long FRAME_NANOS = 11_610_000;
  private static final float[] TARGET = {.2f, .8f, .1f, 100f};

  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", GRPC_PORT).usePlaintext().build();
  private final List<Player> players = new ArrayList<>();

  private ClickRig() {}

  /** Arguments: performers (1), pairs of each (60), fits (20). */
  public static void main(String[] arguments) throws Exception {
    int performers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    int fits = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
    Process product = product();
    try {
      new ClickRig().measure(performers, pairs, fits);
    } finally {
      product.destroy();
      product.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private void measure(int performers, int pairs, int fits) throws Exception {
    awaitAnswer();
    for (int i = 0; i < performers; i++) {
      Player player = new Player("player" + i);
      players.add(player);
      player.start();
    }
    pause(3000);
    long began = System.nanoTime();
    players.parallelStream().forEach(player -> teach(player, pairs));
    System.out.printf(
        Locale.ROOT,
        "%d performers x %d pairs, taught in %.1f s%n",
        performers,
        pairs,
        (System.nanoTime() - began) / 1e9);
    fit(players.get(0).name);
    List<Double> clicks = new ArrayList<>();
    gaps();
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = 0; i < fits; i++) {
      Player player = players.get(i % performers);
      double click = fit(player.name);
      clicks.add(click);
      with.add(gaps());
      pause((long) Math.max(300, click));
      without.add(gaps());
    }
    print("click -> plays, ms", clicks);
    print("largest gap between points in a fit, ms", with);
    print("the same without, ms", without);
    players.forEach(Player::end);
    channel.shutdownNow();
  }

  private void teach(Player player, int pairs) {
    var teaching = TeachingServiceGrpc.newBlockingStub(channel);
    Random chance = new Random(player.name.hashCode());
    for (int i = 0; i < pairs; i++) {
      player.vary(chance);
      AddPairRequest.Builder pair = AddPairRequest.newBuilder().setPerformer(player.name);
      pair.addOutput(chance.nextFloat()).addOutput(chance.nextFloat());
      pair.addOutput(TARGET[2]).addOutput(TARGET[3]);
      teaching.withDeadlineAfter(30, TimeUnit.SECONDS).addPair(pair.build());
    }
  }

  /** Milliseconds until the answer that the new mapping plays. */
  private double fit(String performer) {
    long click = System.nanoTime();
    Iterator<FitProgress> news =
        TeachingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(120, TimeUnit.SECONDS)
            .fit(FitPairsRequest.newBuilder().setPerformer(performer).build());
    FitProgress last = FitProgress.getDefaultInstance();
    while (news.hasNext()) {
      last = news.next();
    }
    if (last.getState() != FitState.FIT_STATE_DONE) {
      throw new IllegalStateException("the fit came to " + last);
    }
    return (System.nanoTime() - click) / 1e6;
  }

  /** The largest gap of all players since this was asked last, in ms. */
  private double gaps() {
    return players.stream().mapToLong(player -> player.gap.getAndSet(0)).max().orElse(0) / 1e6;
  }

  private static void print(String what, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-42s median %8.1f   max %8.1f%n",
        what,
        sorted[sorted.length / 2],
        sorted[sorted.length - 1]);
  }

  /** Plays frames in time, and notes how far apart their points come back. */
  private final class Player implements StreamObserver<Echo> {
    private final String name;
    private final AtomicLong gap = new AtomicLong();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final float[] vector = new float[10];
    private volatile boolean over;
    private long lastNanos;

    Player(String name) {
      this.name = name;
    }

    void start() {
      StreamObserver<FeatureFrame> frames = ExplorerServiceGrpc.newStub(channel).explore(this);
      Thread thread = new Thread(() -> play(frames), name);
      thread.setDaemon(true);
      thread.start();
    }

    private void play(StreamObserver<FeatureFrame> frames) {
      long due = System.nanoTime();
      for (long number = 1; !over; number++) {
        due += FRAME_NANOS;
        LockSupport.parkNanos(due - System.nanoTime());
        // A window as audio-service keeps it.
        if (unanswered.get() < 64) {
          unanswered.incrementAndGet();
          frames.onNext(frame(number));
        }
      }
      frames.onCompleted();
    }

    private synchronized FeatureFrame frame(long number) {
      FeatureFrame.Builder frame =
          FeatureFrame.newBuilder()
              .setOrigin(
                  Origin.newBuilder()
                      .setPerformer(name)
                      .setSequence(number)
                      .setSoundNanos(number * FRAME_NANOS)
                      .setLossless(true))
              .setFrame(number)
              .setScaling("lse");
      for (float entry : vector) {
        frame.addVector(entry);
      }
      return frame.build();
    }

    /** Plays another way from now on, and waits until it is heard. */
    void vary(Random chance) {
      synchronized (this) {
        for (int i = 0; i < vector.length; i++) {
          vector[i] = chance.nextFloat();
        }
      }
      pause(14);
    }

    void end() {
      over = true;
    }

    @Override
    public void onNext(Echo echo) {
      unanswered.decrementAndGet();
      long now = System.nanoTime();
      if (lastNanos != 0) {
        long apart = now - lastNanos;
        gap.accumulateAndGet(apart, Math::max);
      }
      lastNanos = now;
    }

    @Override
    public void onError(Throwable fault) {
      if (!over) {
        System.out.println(name + ": " + fault.getMessage());
      }
    }

    @Override
    public void onCompleted() {}
  }

  private static void pause(long milliseconds) {
    LockSupport.parkNanos(milliseconds * 1_000_000);
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < deadline) {
      try {
        if (ExplorerServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(2, TimeUnit.SECONDS)
            .watch(org.latentspace.proto.WatchRequest.newBuilder().setPerformer("none").build())
            .hasNext()) {
          return;
        }
      } catch (io.grpc.StatusRuntimeException e) {
        if (e.getStatus().getCode() == io.grpc.Status.Code.DEADLINE_EXCEEDED) {
          pause(8000);
          return;
        }
        pause(500);
      }
    }
    throw new IllegalStateException("the product does not answer");
  }

  private static Process product() throws IOException {
    Path jar = Path.of("all-in-one/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + ": build first, and run from the project's root");
    }
    String data = "benchmarks/target/fit-" + System.currentTimeMillis();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms128m",
            "-Xmx512m",
            "-XX:MaxGCPauseMillis=5",
            "-Dquarkus.http.port=" + PORT,
            "-Dgrpc-server.port=" + GRPC_PORT,
            "-Dmidi-gateway.outputs=none:",
            "-Dexplorer-service.data-dir=" + data + "/explorer",
            "-Dtraining-service.data-dir=" + data + "/training",
            "-Dkept.dir=" + data + "/kept",
            "-jar",
            jar.toString())
        .redirectErrorStream(true)
        .redirectOutput(Path.of("benchmarks/target/fit-product.log").toFile())
        .start();
  }
}
