package org.latentspace.audio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.latentspace.audio.outlet.FeatureOutlet;
import org.latentspace.audio.sound.Block;
import org.latentspace.audio.sound.Onset;
import org.latentspace.audio.sound.Onsets;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Sound;

/**
 * Read this first: how sound goes through audio-service.
 *
 * <pre>
 *   recording, built-in performer --PacedPlayer--+
 *   sound card --CaptureLoop---------------------+--> hear --> number, trim --> feature-service
 *   a client's Push ---------------------------+                                   |
 *          ^                          echoed: the window of a lossless run  <--echo-+
 *          +-- the whole echo --------------------------------------------------+
 * </pre>
 *
 * <p>Every source has its own thread and ends here; nothing here waits.
 */
@ApplicationScoped
public class AudioFlow implements Sound.Sink {
  private final FeatureOutlet features;
  private final Onsets onsets = new Onsets();
  private volatile SortedMap<String, Performer> performers = new TreeMap<>();
  private volatile boolean lossless;

  @Inject
  public AudioFlow(FeatureOutlet features) {
    this.features = features;
  }

  /** Calls the neighbour; before the first sound. */
  public void begin(List<Performer> all, boolean losslessRun) {
    SortedMap<String, Performer> byName = new TreeMap<>();
    all.forEach(performer -> byName.put(performer.name(), performer));
    performers = byName;
    lossless = losslessRun;
    features.open(byName, losslessRun);
  }

  /** All musicians of this service, in the order of their names. */
  public Collection<Performer> performers() {
    return performers.values();
  }

  /** The performer of this name; null when there is none. */
  public Performer find(String name) {
    return performers.get(name);
  }

  /** Tells of every stroke of a performer, on the source's thread, until it is run. */
  public Runnable listen(Performer performer, Consumer<Onset> listener) {
    if (lossless) {
      throw new IllegalStateException("the sound of an offline run has no time of its own");
    }
    return onsets.listen(performer.name(), listener);
  }

  /** Whether blocks of every performer can be sent. */
  public boolean neighbourThere() {
    return features.connected();
  }

  @Override
  public boolean accept(Performer performer, Sound sound) {
    Block block = performer.number(sound, lossless);
    if (block == null) {
      return false;
    }
    boolean sent = features.send(block);
    onsets.hear(performer.name(), block.sound());
    return sent;
  }

  @Override
  public void missing(Performer performer) {
    features.missing(performer);
  }

  /** Ends the streams. */
  public void end() {
    features.close();
  }
}
