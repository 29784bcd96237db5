package org.latentspace.training.jobs;

import org.jboss.logging.Logger;
import org.latentspace.model.Grid;
import org.latentspace.training.TrainingConfig;
import org.latentspace.training.TrainingWire;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.Source;
import org.latentspace.training.storage.QueueFull;
import org.latentspace.training.vae.HyperParameters;

/** Queues a job when enough new bars have come in, where the configuration wants it. */
final class AutomaticJobs {
  private static final Logger LOG = Logger.getLogger(AutomaticJobs.class);

  private final JobConfig.Policy policy;
  private final DataFlow data;
  private final JobQueue queue;
  private final JobDesk desk;
  private final NewBars bars;

  AutomaticJobs(TrainingConfig config, DataFlow data, JobQueue queue, JobDesk desk, NewBars bars) {
    this.policy = config.policy();
    this.data = data;
    this.queue = queue;
    this.desk = desk;
    this.bars = bars;
  }

  void look() {
    if (!bars.on()) {
      return;
    }
    long now = bars();
    if (!bars.due(now, queue)) {
      return;
    }
    try {
      Job job = desk.take(order());
      bars.remember(now);
      LOG.infof("%s queued: enough new bars", job.id());
    } catch (QueueFull later) {
      // The next look comes in a few seconds.
    } catch (IllegalArgumentException | IllegalStateException cannot) {
      // Asking again before there is more to learn from would only fill the log.
      bars.remember(now);
      LOG.warn("no automatic training job: " + cannot.getMessage());
    }
  }

  private JobDesk.Order order() {
    return new JobDesk.Order(
        new Job.Ask(policy.model(), "", true, true, TrainingWire.automatic(policy).toByteArray()),
        new JobDesk.Source(Selection.ALL, null, Grid.STANDARD, policy.kit()),
        HyperParameters.preset(policy.preset()),
        "",
        "",
        "automatic: " + policy.newBars() + " new bars");
  }

  /** Bars of all that was recorded or imported. */
  private long bars() {
    long bars = 0;
    for (Piece piece : data.rhythms().pieces()) {
      if (piece.about().first().source() != Source.BUILT_IN) {
        bars += piece.song().bars();
      }
    }
    return bars;
  }
}
