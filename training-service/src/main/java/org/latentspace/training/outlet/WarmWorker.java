package org.latentspace.training.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;

/**
 * Fits in a process of its own that lives on between fits, so that a click is answered at once;
 * begins a new one when it ends or says nothing any more.
 */
public final class WarmWorker implements Fitter, AutoCloseable {
  private static final String NOT_STARTED = "not started";

  private static final int TRIES = 2;
  private static final int THREADS = 1;

  /**
   * How it is run.
   *
   * @param nice 0..19
   * @param patienceMs how long it may say nothing before it is given up
   * @param folder where a crash leaves its trace
   */
  public record Terms(int heapMb, int nativeMb, int nice, int patienceMs, Path folder) {}

  private final Terms terms;
  private final String mainClass;
  private final LongAdder restarts = new LongAdder();
  private final Object lock = new Object();
  // Guarded by lock.
  private WarmProcess process;
  // How the one before ended that never became warm; empty where that is not so.
  private String stumbled = "";
  private boolean closed;
  private volatile String weather = NOT_STARTED;

  public WarmWorker(Terms terms, String mainClass) {
    this.terms = terms;
    this.mainClass = mainClass;
  }

  /** Starts it unless it runs; does not wait for it. */
  public void warm() {
    try {
      process();
    } catch (WorkerGone cannot) {
      weather = cannot.getMessage();
    }
  }

  @Override
  public FitResult fit(FitOrder order, Listener listener) throws FitFault, InterruptedException {
    WorkerGone last = null;
    for (int i = 0; i < TRIES && listener.goesOn(); i++) {
      try {
        return process().fit(order, listener, terms.patienceMs());
      } catch (WorkerGone gone) {
        last = gone;
        weather = gone.getMessage();
      }
    }
    if (last == null) {
      return null;
    }
    throw new FitFault("the fit could not be done: " + last.getMessage());
  }

  private WarmProcess process() throws WorkerGone {
    synchronized (lock) {
      if (closed) {
        throw new WorkerGone("training-service ends");
      }
      if (process != null && process.isAlive()) {
        return process;
      }
      if (process != null) {
        restarts.increment();
        stumbled = process.wasWarm() ? "" : process.weather();
      }
      process = start();
      return process;
    }
  }

  private WarmProcess start() throws WorkerGone {
    WorkerAgency.Terms how =
        new WorkerAgency.Terms(terms.heapMb(), terms.nativeMb(), terms.nice(), THREADS, 0);
    try {
      Files.createDirectories(terms.folder());
      Path crash = terms.folder().resolve("fit-crash.log");
      return new WarmProcess(WorkerAgency.builder(how, mainClass, crash).start());
    } catch (IOException cannot) {
      throw new WorkerGone("the worker cannot be started: " + cannot.getMessage());
    }
  }

  /** "warm", "starting", "not started", or why it is not there. */
  public String weather() {
    synchronized (lock) {
      if (process == null) {
        return weather;
      }
      boolean again = process.isAlive() && !process.wasWarm() && !stumbled.isEmpty();
      return again ? "starting again: " + stumbled : process.weather();
    }
  }

  /** Whether it is there and has been exercised. */
  public boolean isWarm() {
    synchronized (lock) {
      return process != null && process.isAlive() && process.wasWarm();
    }
  }

  /** Whether a fit can be expected to be done: it runs, or nobody has needed it yet. */
  public boolean isSound() {
    synchronized (lock) {
      if (process == null) {
        return weather.equals(NOT_STARTED);
      }
      return process.isAlive() && (process.wasWarm() || stumbled.isEmpty());
    }
  }

  /** Of the process that runs now; -1 where there is none. */
  long pid() {
    synchronized (lock) {
      return process == null ? -1 : process.pid();
    }
  }

  /** How often it had to be started again. */
  public long restarts() {
    return restarts.sum();
  }

  /** Largest resident memory of the process that runs now; 0 where unknown. */
  public long peakBytes() {
    synchronized (lock) {
      return process == null ? 0 : process.peakBytes();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (process != null) {
        process.end();
      }
    }
  }
}
