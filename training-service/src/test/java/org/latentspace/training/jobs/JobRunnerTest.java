package org.latentspace.training.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with workers in processes of their own, which are only played. */
class JobRunnerTest {
  private static final String ONE = "job-aaaaaaaaaaa1";
  private static final String TWO = "job-aaaaaaaaaaa2";

  @TempDir Path folder;

  private JobFixture jobs;

  @BeforeEach
  void open() {
    jobs = new JobFixture(folder);
  }

  @AfterEach
  void close() throws InterruptedException {
    jobs.close();
  }

  @Test
  void runsOneAfterTheOtherAndSaysWhatCameOfIt() throws Exception {
    jobs.add(ONE, "epoch 1", "epoch 2", "epoch 3", "done");
    jobs.add(TWO, "complain noise", "epoch 1", "done");
    jobs.runner.begin(1);
    Job one = jobs.awaitEnd(ONE);
    Job two = jobs.awaitEnd(TWO);
    assertEquals(Job.State.DONE, one.state());
    assertEquals(3, one.epoch());
    assertEquals(
        "stopped early after epoch 3 of 9, the best was 2; harvested after 4.5 s", one.message());
    assertTrue(two.times().started() >= one.times().ended(), one + " " + two);
    assertEquals(2000, one.peakBytes());
    assertTrue(Files.notExists(folder.resolve(ONE).resolve("training.examples")));
    assertEquals(
        List.of(Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE),
        jobs.told.stream().filter(job -> job.id().equals(ONE)).map(Job::state).toList());
  }

  @Test
  void cancelsBeforeDuringAndNotAfter() throws Exception {
    jobs.add(ONE, "first epoch 1", "first await-cancel", "epoch 2", "done");
    jobs.add(TWO, "done");
    assertEquals(Job.State.CANCELLED, jobs.runner.cancel(TWO).state());
    jobs.runner.begin(1);
    jobs.awaitEpoch(ONE, 1);
    Job cancelled = jobs.runner.cancel(ONE);
    assertEquals(Job.State.CANCELLED, cancelled.state());
    assertEquals("cancelled after epoch 1", cancelled.message());
    assertEquals(Job.State.CANCELLED, jobs.runner.cancel(ONE).state());
    jobs.queue.resume(ONE);
    Job resumed = jobs.awaitEnd(ONE);
    assertEquals(Job.State.DONE, resumed.state(), resumed.message());
    assertEquals(2, resumed.epoch());
    assertThrows(IllegalStateException.class, () -> jobs.runner.cancel(ONE));
    assertThrows(IllegalStateException.class, () -> jobs.queue.resume(ONE));
  }

  @Test
  void killsAWorkerThatDoesNotListen() throws Exception {
    jobs.add(ONE, "epoch 4", "never-end");
    jobs.runner.begin(1);
    jobs.awaitEpoch(ONE, 4);
    Job cancelled = jobs.runner.cancel(ONE);
    assertEquals(Job.State.CANCELLED, cancelled.state());
    assertTrue(cancelled.message().contains("was killed"), cancelled.message());
  }

  @Test
  void aWorkerThatCrashesLeavesAReasonAndCanBeResumed() throws Exception {
    jobs.add(ONE, "checkpoint", "epoch 1", "complain the last words", "first exit 134", "done");
    jobs.add(TWO, "fail the losses diverge");
    jobs.runner.begin(1);
    Job crashed = jobs.awaitEnd(ONE);
    assertEquals(Job.State.FAILED, crashed.state());
    assertTrue(crashed.message().contains("134 (native code crashed)"), crashed.message());
    assertTrue(crashed.message().contains("the last words"), crashed.message());
    assertEquals("the losses diverge", jobs.awaitEnd(TWO).message());
    jobs.queue.resume(ONE);
    assertEquals(Job.State.DONE, jobs.awaitEnd(ONE).state());
  }

  @Test
  void aWorkerThatIsKilledFailsItsJobAlone() throws Exception {
    jobs.add(ONE, "epoch 1", "never-end");
    jobs.add(TWO, "done");
    jobs.runner.begin(1);
    jobs.awaitEpoch(ONE, 1);
    assertTrue(worker(ONE).destroyForcibly());
    Job killed = jobs.awaitEnd(ONE);
    assertEquals(Job.State.FAILED, killed.state());
    assertTrue(killed.message().contains("137"), killed.message());
    assertEquals(Job.State.DONE, jobs.awaitEnd(TWO).state());
  }

  @Test
  void goesOnWhereItWasAfterAnOrderlyEndWithoutCountingIt() throws Exception {
    jobs.add(ONE, "first epoch 1", "first await-cancel", "done");
    jobs.runner.begin(1);
    jobs.awaitEpoch(ONE, 1);
    jobs.close();
    assertEquals(Job.State.QUEUED, jobs.queue.get(ONE).state());
    try (JobFixture again = new JobFixture(folder)) {
      again.runner.begin(1);
      Job done = again.awaitEnd(ONE);
      assertEquals(Job.State.DONE, done.state());
      assertEquals(0, done.restarts());
    }
  }

  @Test
  void isWholeAndGoesOnAfterItWasKilledItself() throws Exception {
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledService.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try {
      Path running = folder.resolve("running");
      for (long end = System.nanoTime() + 40_000_000_000L; Files.notExists(running); ) {
        assertTrue(service.isAlive() && System.nanoTime() < end, "the service does not run");
        service.waitFor(50, TimeUnit.MILLISECONDS);
      }
      ProcessHandle worker = worker(KilledService.RUNNING);
      service.destroyForcibly().waitFor();
      worker.onExit().get(20, TimeUnit.SECONDS);
      assertFalse(worker.isAlive(), "the worker lives on without its service");
    } finally {
      service.destroyForcibly();
    }
    try (JobFixture again = new JobFixture(folder)) {
      assertEquals(Job.State.QUEUED, again.queue.get(KilledService.RUNNING).state());
      again.runner.begin(1);
      Job resumed = again.awaitEnd(KilledService.RUNNING);
      assertEquals(Job.State.DONE, resumed.state(), resumed.message());
      assertEquals(1, resumed.restarts());
      assertEquals(Job.State.DONE, again.awaitEnd(KilledService.QUEUED).state());
      assertEquals(2, again.queue.list(java.util.Set.of()).size());
    }
  }

  private ProcessHandle worker(String job) throws Exception {
    String pid = Files.readString(folder.resolve(job).resolve("worker.pid")).split(" ", -1)[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
