package org.latentspace.kept;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log in memory that takes, refuses or does not answer, as a test tells it. */
final class MoodyLog implements KeptLog {
  enum Mood {
    TAKES,
    REFUSES,
    SILENT
  }

  private final List<String> taken = new ArrayList<>();
  private final ArrayDeque<CompletableFuture<Long>> unanswered = new ArrayDeque<>();
  private Mood mood = Mood.TAKES;
  private String refusedOnce = "";
  private String topicId = "first";

  synchronized void be(Mood next) {
    mood = next;
    if (next != Mood.SILENT) {
      unanswered.forEach(done -> done.completeExceptionally(new Trouble("it was silent")));
      unanswered.clear();
    }
  }

  /** Says that everything has arrived that it was silent about; returns how much that was. */
  int acknowledge() {
    List<CompletableFuture<Long>> arrived;
    synchronized (this) {
      arrived = List.copyOf(unanswered);
      unanswered.clear();
    }
    arrived.forEach(done -> done.complete(0L));
    return arrived.size();
  }

  /** This one value comes back once, whatever the mood. */
  synchronized void refuseOnce(String value) {
    refusedOnce = value;
  }

  /** Loses all it has taken; what comes next goes to another topic of the same name. */
  synchronized void lose(String nextTopicId) {
    taken.clear();
    topicId = nextTopicId;
  }

  @Override
  public synchronized String topicId(Topic topic) {
    return topicId;
  }

  /** Values, in order, doubles too. */
  synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public synchronized CompletionStage<Long> append(Topic topic, String key, byte[] value) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    String text = value == null ? "-" : Heard.text(value);
    if (text.equals(refusedOnce)) {
      refusedOnce = "";
      done.completeExceptionally(new Trouble("once"));
    } else if (mood == Mood.SILENT) {
      unanswered.add(done);
    } else if (mood == Mood.REFUSES) {
      done.completeExceptionally(new Trouble(status()));
    } else {
      taken.add(text);
      done.complete((long) taken.size() - 1);
    }
    return done;
  }

  @Override
  public Following follow(Topic topic, String follower, Start start, Handler handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized String status() {
    return mood == Mood.TAKES ? "ok" : "no broker answers at moon:9092";
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
