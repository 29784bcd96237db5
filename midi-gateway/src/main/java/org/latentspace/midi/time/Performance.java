package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.performer.Origin;

/**
 * From the first rhythm to the last bar: brings the performers' rhythms to the ensembles that
 * follow them, on the timing thread.
 *
 * <p>Live, the newest patterns are handed over and struck by the wall clock. Offline, every message
 * first moves the song to its own sound time, on the same thread and in the order of arrival.
 */
public final class Performance implements AutoCloseable {
  /**
   * How to play.
   *
   * @param spinNanos see {@link SpinWait}
   * @param atStart the song runs from the start on; else it begins with the first rhythm
   * @param ensembles one at least, each with another name
   */
  public record Settings(
      Transport transport, long spinNanos, boolean atStart, List<EnsembleSetup> ensembles) {}

  /** A pattern that an ensemble is to play. */
  record Lead(Ensemble ensemble, Pattern pattern) {}

  private final Performers performers = new Performers();
  private final Settings settings;
  private final Song song;
  private final Listeners listeners;
  private final NextBars nextBars = new NextBars(this::ensembles);
  private final TimingThread timing;
  private final ClockControl clock;
  private final OfflineRun offline;
  private volatile List<Ensemble> ensembles = List.of();

  public Performance(Settings settings, Outputs outputs) {
    this(settings, outputs, (name, strikes) -> PlaybackListener.NOBODY);
  }

  /** Who sees what an ensemble plays, on the timing thread. */
  public interface Listeners {
    /**
     * @param struck whether anything strikes a voice
     */
    PlaybackListener of(String ensemble, Predicate<String> struck);
  }

  public Performance(Settings settings, Outputs outputs, Listeners listeners) {
    this.settings = settings;
    this.listeners = listeners;
    song = new Song(settings.transport, outputs);
    ensembles = settings.ensembles.stream().map(this::ensemble).toList();
    song.change(ensembles, () -> {});
    SpinWait waiting = new SpinWait(settings.spinNanos);
    timing = new TimingThread(song, outputs, waiting, nextBars, performers::finish);
    clock = new ClockControl(settings.transport, song, timing);
    offline = new OfflineRun(song);
  }

  private Ensemble ensemble(EnsembleSetup setup) {
    String name = setup.name();
    return song.ensemble(setup, listeners.of(name, voice -> strikes(name, voice)));
  }

  private boolean strikes(String ensemble, String voice) {
    return ensembles.stream().anyMatch(e -> e.name().equals(ensemble) && e.robots().strikes(voice));
  }

  public void start() {
    timing.start();
    if (settings.atStart) {
      Pattern silence = Pattern.silence(Grid.FOUR_FOUR);
      timing.execute(
          () -> {
            if (song.transport().isTold()) {
              song.begin(ensembles.get(0), silence, false, System.nanoTime());
            }
          });
    }
  }

  /**
   * The ensembles are these from their next bar lines on: those of the same name go on, others
   * leave, new ones come in.
   *
   * @param done runs on the timing thread when every ensemble has changed
   * @return false = too much is waiting already; not done
   */
  public synchronized boolean change(List<EnsembleSetup> wanted, Runnable done) {
    List<Ensemble> stay = new ArrayList<>();
    for (EnsembleSetup setup : wanted) {
      stay.add(
          ensembles.stream()
              .filter(e -> e.name().equals(setup.name()))
              .findFirst()
              .orElseGet(() -> ensemble(setup)));
    }
    List<Ensemble> leave = ensembles.stream().filter(e -> !stay.contains(e)).toList();
    List<Ensemble> all = new ArrayList<>(stay);
    all.addAll(leave);
    boolean taken =
        timing.execute(
            () -> {
              leave.forEach(ensemble -> ensemble.change(null));
              for (int i = 0; i < wanted.size(); i++) {
                stay.get(i).change(wanted.get(i));
              }
              song.change(all, done);
            });
    if (taken) {
      ensembles = List.copyOf(stay);
    }
    return taken;
  }

  /**
   * Plays a rhythm in the ensembles that follow its performer.
   *
   * @return strokes of voices that no robot of an ensemble strikes
   * @throws IllegalArgumentException it cannot be played now, and why
   */
  public int play(Rhythm rhythm, EchoListener listener) {
    Origin origin = rhythm.origin();
    long arrived = System.nanoTime();
    long now = origin.lossless() ? origin.soundNanos() : arrived;
    performers.receive(rhythm, listener, now, arrived);
    List<Lead> leads = new ArrayList<>(1);
    int unmapped = 0;
    for (Ensemble ensemble : ensembles) {
      EnsembleSetup setup = ensemble.setup();
      Rhythm follows = performers.follow(ensemble.leading(), setup, origin.performer(), now);
      if (follows != null) {
        Pattern pattern = new Pattern(follows.dividedBy(setup.division()));
        leads.add(new Lead(ensemble, pattern));
        for (int i = 0; i < pattern.count(); i++) {
          unmapped += ensemble.robots().strikes(pattern.voice(i)) ? 0 : 1;
        }
      }
    }
    if (origin.lossless()) {
      playOffline(leads, origin, listener);
      return unmapped;
    }
    leads.forEach(lead -> timing.handOver(lead.ensemble(), lead.pattern()));
    listener.echo(origin, false);
    finishIfAllEnded();
    return unmapped;
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
        () -> song.control(messages, offline, offline ? origin.soundNanos() : System.nanoTime()));
  }

  /** A message without a playable rhythm: its performer's time goes on, and may end. */
  public void skip(Origin origin, EchoListener listener) {
    performers.noteOnly(origin, listener, System.nanoTime());
    if (origin.lossless()) {
      playOffline(List.of(), origin, listener);
    } else {
      finishIfAllEnded();
    }
  }

  private void playOffline(List<Lead> leads, Origin origin, EchoListener listener) {
    boolean last = performers.allEnded();
    if (!timing.execute(() -> offline.play(leads, origin, last, listener))) {
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
      timing.execute(song::finishAtBarLine);
    }
  }

  /** What the clock is to do from now on. */
  public synchronized Transport transport(Transport wanted) {
    clock.tempo(wanted.bpm(), 0);
    return clock.play(wanted.playing());
  }

  public Transport transport() {
    return clock.transport();
  }

  /** Tempo and transport, and who leads them. */
  public ClockControl clock() {
    return clock;
  }

  /** How an ensemble is to play from now on. */
  public synchronized void style(Ensemble ensemble, EnsembleStyle wanted) {
    ensemble.style(wanted);
    timing.execute(() -> song.style(ensemble, wanted, System.nanoTime()));
  }

  /** Stops, with all notes off, until told to play. */
  public synchronized Transport stop() {
    return clock.play(false);
  }

  /**
   * Has something done on the timing thread, in order with what is played.
   *
   * @return false = too much is waiting already; not taken
   */
  public boolean execute(Runnable command) {
    return timing.execute(command);
  }

  public List<Ensemble> ensembles() {
    return ensembles;
  }

  /** The ensemble of a name, or the first. */
  public Ensemble ensemble(String name) {
    List<Ensemble> all = ensembles;
    return all.stream().filter(e -> e.name().equals(name)).findFirst().orElse(all.get(0));
  }

  /** The first ensemble that a performer may lead, or the first. */
  public Ensemble ensembleOf(String performer) {
    List<Ensemble> all = ensembles;
    return all.stream().filter(e -> e.setup().takes(performer)).findFirst().orElse(all.get(0));
  }

  public Song song() {
    return song;
  }

  public TimingThread timing() {
    return timing;
  }

  /** What will be played. */
  public NextBars nextBars() {
    return nextBars;
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
    nextBars.close();
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
