package org.latentspace.training.outlet;

/** A worker that has ended, or had to be ended; the message says how. */
final class WorkerGone extends Exception {
  private static final long serialVersionUID = 1;

  WorkerGone(String message) {
    super(message);
  }
}
