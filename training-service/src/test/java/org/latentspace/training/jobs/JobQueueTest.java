package org.latentspace.training.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.WriteGate;

class JobQueueTest {
  @TempDir Path folder;

  private JobFixture jobs;

  @BeforeEach
  void open() {
    jobs = new JobFixture(folder);
  }

  private static String name(int number) {
    return String.format("job-%012d", number);
  }

  @Test
  void takesNoMoreThanItHasRoomFor() {
    for (int i = 1; i <= 3; i++) {
      jobs.add(name(i));
    }
    NoRoom full = assertThrows(NoRoom.class, () -> jobs.add(name(4)));
    assertTrue(full.getMessage().contains("3 jobs"), full.getMessage());
    assertEquals(3, jobs.queue.list(Set.of()).size());
    assertTrue(Files.notExists(folder.resolve(name(4))));
  }

  @Test
  void takesNothingWhileTheDoorIsClosed() {
    WriteGate gate = new WriteGate("another one works here");
    JobQueue queue = new JobQueue(folder, 3, 3, () -> 0, null, gate);
    String message = assertThrows(IllegalStateException.class, queue::checkRoom).getMessage();
    assertTrue(message.contains("another one works here"), message);
  }

  @Test
  void whereJobsAreLostThatWereToldAllThatAreThereAreToldAgain() {
    jobs.add(name(1));
    jobs.add(name(2));
    jobs.told.clear();
    assertEquals(2, jobs.queue.tellAll().toCompletableFuture().join());
    List<String> told = jobs.told.stream().map(Job::id).sorted().toList();
    assertEquals(List.of(name(1), name(2)), told);
  }

  @Test
  void whatRanWhenTheServiceWentAwayIsFirstAgainButNotForEver() throws Exception {
    jobs.add(name(1));
    jobs.add(name(2));
    for (int restarts = 1; restarts <= 3; restarts++) {
      assertEquals(name(1), jobs.queue.take().orElseThrow().id());
      jobs = new JobFixture(folder);
      Job again = jobs.queue.get(name(1));
      assertEquals(Job.State.QUEUED, again.state());
      assertEquals(restarts, again.restarts());
    }
    jobs.queue.take();
    jobs = new JobFixture(folder);
    Job failed = jobs.queue.get(name(1));
    assertEquals(Job.State.FAILED, failed.state());
    assertTrue(failed.message().contains("4 times"), failed.message());
    assertEquals(name(2), jobs.queue.take().orElseThrow().id());
    assertEquals(0, jobs.queue.resume(name(1)).restarts());
  }

  @Test
  void whatWasToBeCancelledIsCancelledAfterARestart() throws Exception {
    jobs.add(name(1));
    jobs.queue.take();
    jobs.queue.askToEnd(name(1));
    jobs = new JobFixture(folder);
    assertEquals(Job.State.CANCELLED, jobs.queue.get(name(1)).state());
  }

  @Test
  void aJobWhoseDescriptionIsDamagedIsNamedAndLeftAlone() throws IOException {
    jobs.add(name(1));
    jobs.add(name(2));
    Files.writeString(folder.resolve(name(1)).resolve("job.json"), "{\"id\":");
    Files.createDirectories(folder.resolve(".new-" + name(3)));
    jobs = new JobFixture(folder);
    assertEquals(Set.of(name(1)), jobs.queue.store().damaged().keySet());
    assertEquals(List.of(name(2)), jobs.queue.list(Set.of()).stream().map(Job::id).toList());
    assertTrue(Files.notExists(folder.resolve(".new-" + name(3))));
    assertTrue(Files.exists(folder.resolve(name(1)).resolve("training.examples")));
  }

  @Test
  void keepsTheFilesOfTheNewestThatCanBeResumed() throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      jobs.add(name(i));
      jobs.queue.take();
      jobs.queue.end(name(i), Job.State.FAILED, "so it is");
    }
    assertThrows(IllegalStateException.class, () -> jobs.queue.resume(name(1)));
    assertEquals(Job.State.QUEUED, jobs.queue.resume(name(3)).state());
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind() {
    JobStore.Filling broken =
        at -> {
          throw new IOException("the disk is full");
        };
    Job.Ask ask = new Job.Ask("rhythm", "", false, false, "");
    Job.Material material = new Job.Material("rhythm-1", "{}", "", 1, 0, 1);
    assertThrows(
        java.io.UncheckedIOException.class, () -> jobs.queue.add(name(1), ask, material, broken));
    assertEquals(List.of(), jobs.queue.list(Set.of()));
    assertTrue(Files.notExists(folder.resolve(name(1))));
  }

  @Test
  void aSlowWatcherHearsTheNewestAndTheEnd() throws InterruptedException {
    jobs.add(name(1));
    AtomicInteger rings = new AtomicInteger();
    JobEvents.Subscription slow = jobs.queue.watch(name(1), rings::incrementAndGet);
    JobEvents.Subscription gone = jobs.queue.watch(name(1), () -> {});
    gone.poll();
    gone.close();
    jobs.queue.take();
    for (int epoch = 1; epoch <= 500; epoch++) {
      jobs.queue.progress(name(1), epoch, epoch, "epoch " + epoch);
    }
    jobs.queue.end(name(1), Job.State.DONE, "");
    List<JobEvents.Event> heard = new ArrayList<>();
    for (JobEvents.Event listener = slow.poll(); listener != null; listener = slow.poll()) {
      heard.add(listener);
    }
    assertEquals(64, heard.size());
    assertEquals(503, rings.get());
    assertEquals(Job.State.DONE, heard.get(63).job().state());
    assertEquals("epoch 500", heard.get(62).report());
    assertNull(gone.poll());
    assertEquals(0, jobs.queue.watchers());
    assertEquals(Job.State.DONE, jobs.queue.watch(name(1), () -> {}).poll().job().state());
    assertEquals(0, jobs.queue.watchers());
  }

  @Test
  void saysWhatThereIsWhenAJobIsNotKnown() {
    jobs.add(name(1));
    String message =
        assertThrows(NoSuchElementException.class, () -> jobs.queue.get("job-x")).getMessage();
    assertTrue(message.contains(name(1)), message);
  }

  @Test
  void newBarsAreWorthAJobOnceAndOneAtATime() throws InterruptedException {
    assertEquals(0, automatic(99, 100));
    assertEquals(1, automatic(120, 100), "nothing is on its way, and 100 have come in");
    assertEquals(0, automatic(219, 100));
    jobs.queue.add(
        name(1),
        new Job.Ask("rhythm", "", true, true, ""),
        new Job.Material("rhythm-1", "{}", "", 1, 0, 1),
        at -> {});
    assertEquals(0, automatic(220, 100));
    jobs.queue.take();
    jobs.queue.end(name(1), Job.State.FAILED, "");
    assertEquals(1, automatic(220, 100));
    assertEquals(0, automatic(220, 100));
    assertEquals(0, automatic(50, 100));
    assertEquals(1, automatic(150, 100), "some were deleted");
    assertEquals(0, automatic(5000, 0));
  }

  @Test
  void theNumberOfNewBarsIsChosenWhileItRunsAndHoldsAfterARestart() throws Exception {
    AtomicLong bars = new AtomicLong(40);
    AutomaticJobs policy = policy(0, bars);
    policy.submitWhenDue();
    assertEquals(new AutomaticJobs.State(0, 40, "", "ok"), policy.state());
    assertThrows(IllegalArgumentException.class, () -> policy.want(-1));
    policy.want(30);
    policy.submitWhenDue();
    assertEquals(new AutomaticJobs.State(30, 0, name(1), "ok"), policy.state());
    bars.set(75);
    policy.submitWhenDue();
    assertEquals(new AutomaticJobs.State(30, 35, name(1), "ok"), policy.state());
    jobs.queue.take();
    jobs.queue.end(name(1), Job.State.FAILED, "");
    AutomaticJobs again = policy(5000, bars);
    assertEquals(new AutomaticJobs.State(30, 35, "", "ok"), again.state());
  }

  private AutomaticJobs policy(int configured, AtomicLong bars) {
    return new AutomaticJobs(
        folder,
        configured,
        bars::get,
        jobs.queue,
        newBars ->
            jobs.queue.add(
                name(1),
                new Job.Ask("rhythm", "", true, true, ""),
                new Job.Material("rhythm-1", "{}", "", 1, 0, 1),
                at -> {}));
  }

  /** How many jobs are submitted where there are so many bars. */
  private int automatic(long bars, int wanted) {
    AtomicInteger submitted = new AtomicInteger();
    new AutomaticJobs(
            folder,
            wanted,
            () -> bars,
            jobs.queue,
            newBars -> {
              submitted.incrementAndGet();
              throw new IllegalStateException("nothing to learn from");
            })
        .submitWhenDue();
    return submitted.get();
  }
}
