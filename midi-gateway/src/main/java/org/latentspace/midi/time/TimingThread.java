package org.latentspace.midi.time;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.latentspace.midi.rhythm.Pattern;

/**
 * The one thread that strikes: waits until something is due, and lets the song strike it.
 *
 * <pre>
 *   handOver --> newest of each ensemble ----+
 *                                            +--> timing thread --> Song --> Outputs
 *   execute  --> commands (bounded queue) ---+
 * </pre>
 *
 * The loop allocates nothing. Commands (transport, panic, the offline rhythms) come through a
 * bounded queue; when that is full, the caller is told so.
 */
public final class TimingThread implements AutoCloseable {
  private static final int MOST_COMMANDS = 256;
  private static final long HEARTBEAT_NANOS = 50_000_000;
  private static final long STALLED_NANOS = 1_000_000_000;

  private final Song song;
  private final Outputs outputs;
  private final Runnable onEnd;
  private final NextBars nextBars;
  private final SpinWait waiting;
  private final BlockingQueue<Runnable> commands = new ArrayBlockingQueue<>(MOST_COMMANDS);
  private final Thread thread = new Thread(this::run, "midi-timing");

  private volatile boolean open = true;
  private volatile long heartbeat = System.nanoTime();
  private volatile long longestTurn;

  /**
   * @param nextBars looks ahead after every turn of a song
   * @param onEnd runs on the timing thread when a performance is over and its outputs are closed
   */
  public TimingThread(
      Song song, Outputs outputs, SpinWait waiting, NextBars nextBars, Runnable onEnd) {
    this.nextBars = nextBars;
    this.song = song;
    this.outputs = outputs;
    this.waiting = waiting;
    this.onEnd = onEnd;
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
  }

  public void start() {
    thread.start();
  }

  /** Hands the newest pattern to the clock; it replaces one that has not been taken yet. */
  public void handOver(Ensemble ensemble, Pattern pattern) {
    ensemble.offer(pattern);
    if (!song.hasBegun()) {
      waiting.wake(thread);
    }
  }

  /**
   * Has something done on the timing thread, in order.
   *
   * @return false = too much is waiting already; not taken
   */
  public boolean execute(Runnable command) {
    boolean taken = commands.offer(command);
    waiting.wake(thread);
    return taken;
  }

  /** Has the thread look round now. */
  void wake() {
    waiting.wake(thread);
  }

  private void run() {
    while (open) {
      long clock = song.transport().external().nextNanos();
      long due = Math.min(clock, song.nextNanos());
      long now = System.nanoTime();
      outputs.expect(Math.min(clock, song.nextStrokeNanos()));
      boolean soon = due - now < HEARTBEAT_NANOS;
      boolean reached = waiting.until(soon ? due : now + HEARTBEAT_NANOS) && soon;
      turn(reached ? Math.max(due, System.nanoTime()) : System.nanoTime());
    }
  }

  private void turn(long now) {
    heartbeat = now;
    song.transport().external().turn(now);
    song.takeNewest(now);
    if (!song.isOffline()) {
      song.advance(now);
      if (song.hasBegun()) {
        nextBars.look();
      }
    }
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
      endIfOver(now);
    }
    endIfOver(now);
    longestTurn = Math.max(longestTurn, System.nanoTime() - now);
  }

  private void endIfOver(long now) {
    if (song.isOver()) {
      song.end(now);
      onEnd.run();
    }
  }

  /** Whether the loop still turns. */
  public boolean isAlive() {
    return thread.isAlive() && System.nanoTime() - heartbeat < STALLED_NANOS;
  }

  /** The longest turn of the loop, waiting not counted. */
  public long longestTurnNanos() {
    return longestTurn;
  }

  /** Strikes nothing more. Returns when the thread has ended, within 100 ms. */
  @Override
  public void close() {
    open = false;
    waiting.wake(thread);
    try {
      thread.join(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
