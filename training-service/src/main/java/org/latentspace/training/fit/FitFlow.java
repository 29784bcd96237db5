package org.latentspace.training.fit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Taught pairs become a mapping; read TrainingFlow first.
 *
 * <pre>
 *   DataFlow: pairs
 *      | a performer's, of one motion
 *      v
 *   FitQueue --> Lesson --> a warm worker process: Learner --> Mapping --> FitNews: the log
 *                                                                 +------> whoever asked
 * </pre>
 */
@Singleton
public class FitFlow {
  private final FitQueue queue;

  @Inject
  public FitFlow(FitQueue queue) {
    this.queue = queue;
  }

  /** Puts a fit into the queue. */
  public Fit fit(FitAsk ask, FitListener listener) {
    return queue.ask(ask, listener);
  }

  /** Whoever asked for it has gone. */
  public void cancel(Fit fit) {
    queue.cancel(fit);
  }
}
