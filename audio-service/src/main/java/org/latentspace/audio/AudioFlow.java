package org.latentspace.audio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.latentspace.audio.outlet.FeatureOutlet;
import org.latentspace.audio.sound.Block;
import org.latentspace.audio.sound.BlockSink;
import org.latentspace.audio.sound.EchoProgress;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Performers;
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
public class AudioFlow implements BlockSink {
  private final FeatureOutlet features;
  private volatile Performers performers = new Performers(List.of());
  private volatile boolean lossless;

  @Inject
  public AudioFlow(FeatureOutlet features) {
    this.features = features;
  }

  /** Calls the neighbour; before the first sound. */
  public void begin(Performers all, boolean losslessRun) {
    performers = all;
    lossless = losslessRun;
    features.open(all.all().stream().map(Performer::name).toList(), losslessRun, this::echoed);
  }

  public Performers performers() {
    return performers;
  }

  /** Whether blocks of every performer can be sent. */
  public boolean neighbourThere() {
    return features.connected();
  }

  @Override
  public boolean accept(Performer performer, Sound sound) {
    Block block = performer.number(sound, lossless);
    return block != null && features.send(block);
  }

  @Override
  public void missing(Performer performer) {
    features.missing(performer.name(), performer.status());
  }

  /** A caller pushed something bad. */
  public void refuse() {
    features.refused();
  }

  private void echoed(EchoProgress echo) {
    Performer performer = performers.find(echo.performer());
    if (performer != null) {
      performer.echoed(echo);
    }
  }

  /** Ends the streams. */
  public void end() {
    features.close();
  }
}
