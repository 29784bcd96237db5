package org.latentspace.training.jobs;

import org.jboss.logging.Logger;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.storage.NoRoom;

/** Queues a job when enough new bars have come in, where the configuration wants it. */
final class AutomaticJobs {
  private static final Logger LOG = Logger.getLogger(AutomaticJobs.class);

  private final JobSubmission.Order order;
  private final RhythmStore rhythms;
  private final JobQueue queue;
  private final JobSubmission submission;
  private final NewBarsTrigger bars;

  AutomaticJobs(
      JobSubmission.Order order,
      RhythmStore rhythms,
      JobQueue queue,
      JobSubmission submission,
      NewBarsTrigger bars) {
    this.order = order;
    this.rhythms = rhythms;
    this.queue = queue;
    this.submission = submission;
    this.bars = bars;
  }

  void submitWhenDue() {
    if (!bars.on()) {
      return;
    }
    long now = bars();
    if (!bars.due(now, queue)) {
      return;
    }
    try {
      Job job = submission.submit(order);
      bars.remember(now);
      LOG.infof("%s queued: enough new bars", job.id());
    } catch (NoRoom later) {
      // The next try comes in a few seconds.
    } catch (IllegalArgumentException | IllegalStateException cannot) {
      // Asking again before there is more to learn from would only fill the log.
      bars.remember(now);
      LOG.warn("no automatic training job: " + cannot.getMessage());
    }
  }

  /** Bars of all that was recorded or imported. */
  private long bars() {
    long bars = 0;
    for (Piece piece : rhythms.pieces()) {
      if (piece.about().first().source() != Source.BUILT_IN) {
        bars += piece.song().bars();
      }
    }
    return bars;
  }
}
