package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.performer.Origin;

/**
 * From the first rhythm to the last bar: brings the performers' rhythms to the timing thread.
 *
 * <p>Live, the leader's pattern is handed over and struck by the wall clock. Offline, every message
 * first moves the song to its own sound time, on the same thread and in the order of arrival.
 */
public final class Performance implements AutoCloseable {
  /**
   * How to play.
   *
   * @param nudgeNanos everything is struck so much later; negative: earlier
   * @param spinNanos see {@link SpinWait}
   * @param silence what runs from the start on until the first rhythm, or null: the song begins
   *     with the first rhythm
   */
  public record Settings(Transport transport, long nudgeNanos, long spinNanos, Pattern silence) {}

  private final Performers performers = new Performers();
  private final Settings settings;
  private final Ensemble ensemble;
  private final TimingThread timing;
  private volatile Transport transport;

  public Performance(Settings settings, Outputs outputs) {
    this(settings, outputs, PlaybackListener.NOBODY);
  }

  /**
   * @param listener sees what is played, on the timing thread
   */
  public Performance(Settings settings, Outputs outputs, PlaybackListener listener) {
    this.settings = settings;
    transport = settings.transport;
    ensemble = new Ensemble(transport, settings.nudgeNanos, outputs, listener);
    SpinWait waiting = new SpinWait(settings.spinNanos);
    timing = new TimingThread(ensemble, outputs, waiting, performers::finish);
  }

  public void start() {
    timing.start();
    if (settings.silence != null) {
      timing.execute(() -> ensemble.begin(settings.silence, false, System.nanoTime()));
    }
  }

  /** Throws IllegalArgumentException when it cannot be played now, and why. */
  public void play(Pattern pattern, EchoListener listener) {
    Origin origin = pattern.rhythm().origin();
    long arrived = System.nanoTime();
    long now = origin.lossless() ? origin.soundNanos() : arrived;
    boolean leads = performers.receive(pattern.rhythm(), listener, now, arrived);
    if (origin.lossless()) {
      playOffline(leads ? pattern : null, origin, listener);
      return;
    }
    if (leads) {
      timing.handOver(pattern);
    }
    listener.echo(origin, false);
    finishIfAllEnded();
  }

  /**
   * Turns controllers, at once.
   *
   * @param messages MIDI control changes, 0xbcnnvv
   * @return false = too much is waiting already; not taken
   */
  public boolean control(Origin origin, int[] messages) {
    boolean offline = origin.lossless();
    return timing.execute(
        () ->
            ensemble.control(messages, offline, offline ? origin.soundNanos() : System.nanoTime()));
  }

  /** A message without a playable rhythm: its performer's time goes on, and may end. */
  public void skip(Origin origin, EchoListener listener) {
    performers.noteOnly(origin, listener, System.nanoTime());
    if (origin.lossless()) {
      playOffline(null, origin, listener);
    } else {
      finishIfAllEnded();
    }
  }

  private void playOffline(Pattern pattern, Origin origin, EchoListener listener) {
    boolean last = performers.allEnded();
    if (!timing.execute(() -> ensemble.playOffline(pattern, origin, last, listener))) {
      throw new IllegalArgumentException("too many messages ahead of their echoes");
    }
  }

  /** The stream of these performers has ended. */
  public void gone(EchoListener listener) {
    performers.gone(listener);
    finishIfAllEnded();
  }

  private void finishIfAllEnded() {
    if (performers.allEnded()) {
      timing.execute(ensemble::finishAtBarLine);
    }
  }

  /** How it is to be played from now on. */
  public synchronized Transport transport(Transport wanted) {
    transport = wanted;
    timing.execute(() -> ensemble.transport(wanted, System.nanoTime()));
    return wanted;
  }

  public Transport transport() {
    return transport;
  }

  /** Stops, with all notes off, until told to play. */
  public synchronized Transport stop() {
    return transport(
        new Transport(transport.bpm(), false, transport.takeOver(), transport.shuffle()));
  }

  /**
   * Has something done on the timing thread, in order with what is played.
   *
   * @return false = too much is waiting already; not taken
   */
  public boolean execute(Runnable command) {
    return timing.execute(command);
  }

  public Ensemble ensemble() {
    return ensemble;
  }

  public TimingThread timing() {
    return timing;
  }

  public int performers() {
    return performers.count();
  }

  /** "ok", or which performer found no room. */
  public String room() {
    return performers.status(System.nanoTime());
  }

  /** Strikes nothing more. */
  @Override
  public void close() {
    timing.close();
  }

  /** Told by the clock that a rhythm has been worked on. Called on any thread; never blocks. */
  public interface EchoListener {
    /**
     * A rhythm has been worked on.
     *
     * @param finished the performance is over and what was kept is closed
     */
    void echo(Origin newest, boolean finished);
  }
}
