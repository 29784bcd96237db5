package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.outlet.Recorder;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.ExplorerEchoes;

/**
 * Read this first: what is heard becomes a place in the latent space.
 *
 * <pre>
 *   frame --> performer (mapping or hand) --> place --> vae-service
 *     |                                         |            |
 *   lessons: what is held      recorder, Wekinator          echo --> left-hand neighbour, watchers
 *   becomes a pair (TeachingFlow)
 * </pre>
 */
@ApplicationScoped
public class ExplorerFlow {
  @Inject Performers performers;
  @Inject PointOutlet points;
  @Inject ExplorerEchoes echoes;
  @Inject Recorder recorder;
  @Inject WekinatorOutlet wekinator;
  @Inject TeachingFlow teaching;
  @Inject SettingsOutlet kept;

  /**
   * Hears a frame, finds the place and hands it on if it is due.
   *
   * @param arrivedNanos of {@link System#nanoTime}
   * @return false when there is no room for another performer
   */
  public boolean hear(Frame frame, long arrivedNanos) {
    Performer performer = performers.heard(frame.origin().performer(), arrivedNanos);
    if (performer == null) {
      return false;
    }
    Place place = performer.hear(frame);
    teaching.hear(frame);
    recorder.record(frame, place);
    wekinator.send(frame, place);
    Place due = performer.due();
    boolean goesOn = due != null && handOn(performer, due);
    echoes.heard(performer, goesOn, arrivedNanos);
    return true;
  }

  /** Sets what the change sets; it lasts. */
  public void change(Performer performer, PerformerSettings change) {
    performer.change(change);
    kept.note(performer);
  }

  /** Puts the performer's point by hand, and hands it on where that need not wait for a frame. */
  public void put(Performer performer, Place byHand) {
    performer.put(byHand);
    led(performer, true);
  }

  /**
   * Something else than a frame leads the performer's point; it lasts.
   *
   * @param there whether the point is there already, and may go on
   */
  void led(Performer performer, boolean there) {
    kept.note(performer);
    if (there && performer.mode() == Place.Mode.SELECT && performer.due() != null) {
      sendNow(performer);
    }
  }

  /** Hands the performer's point on now; an ended performer's strokes have ended too. */
  public void sendNow(Performer performer) {
    if (!performer.ended() && performer.frame() != null) {
      handOn(performer, performer.newest());
    }
  }

  private boolean handOn(Performer performer, Place place) {
    performer.handedOn(place);
    return points.send(performer.frame().origin(), place);
  }
}
