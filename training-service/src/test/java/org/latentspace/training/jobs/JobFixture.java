package org.latentspace.training.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.latentspace.training.TestConfig;
import org.latentspace.training.jobs.outlet.WorkerAgency;
import org.latentspace.training.storage.WriteGate;

/** A queue, played workers in processes of their own, and what is heard of both. */
final class JobFixture implements AutoCloseable {
  static final long PATIENCE_MILLIS = 40_000;

  final BlockingQueue<Job> told = new LinkedBlockingQueue<>();
  final JobQueue queue;
  final JobRunner runner;

  JobFixture(Path folder) {
    WriteGate gate = new WriteGate("closed");
    queue = new JobQueue(folder, 3, 2, System::currentTimeMillis, (id, job) -> told(job), gate);
    queue.open();
    gate.open();
    JobConfig config = new TestConfig(folder.toString(), 64, 200, 1);
    runner =
        new JobRunner(
            queue,
            new WorkerAgency(config, PlayedWorker.class.getName(), () -> ""),
            (job, at, seconds) -> "harvested after " + seconds + " s",
            config.cancelMs());
  }

  /** A job whose worker plays this. */
  Job add(String id, String... script) {
    return queue.add(
        id,
        new Job.Ask("rhythm", "", false, false, "AQI="),
        new Job.Material("rhythm-1", "{}", "digest", 10, 2, 9),
        folder -> {
          Files.write(folder.resolve("script"), List.of(script));
          Files.writeString(folder.resolve("order.json"), "{}");
          Files.writeString(folder.resolve("training.examples"), "loops");
        });
  }

  /** Waits for news of a job; everything before is passed over. */
  JobEvents.Event await(String id, Predicate<JobEvents.Event> wanted) throws InterruptedException {
    BlockingQueue<Boolean> rings = new LinkedBlockingQueue<>();
    try (JobEvents.Subscription events = queue.watch(id, () -> rings.add(true))) {
      while (rings.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) != null) {
        JobEvents.Event event = events.poll();
        if (event != null && wanted.test(event)) {
          return event;
        }
      }
      throw new AssertionError("nothing of that kind was heard; now it is " + queue.get(id));
    }
  }

  Job awaitEpoch(String id, int epoch) throws InterruptedException {
    return await(id, event -> event.job().epoch() >= epoch).job();
  }

  Job awaitEnd(String id) throws InterruptedException {
    return await(id, event -> event.job().state().ended()).job();
  }

  @Override
  public void close() throws InterruptedException {
    runner.end();
  }

  private CompletionStage<Void> told(Job job) {
    if (job != null) {
      told.add(job);
    }
    return CompletableFuture.completedFuture(null);
  }
}
