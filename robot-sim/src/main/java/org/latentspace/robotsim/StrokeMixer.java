package org.latentspace.robotsim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

/**
 * What a microphone hears of strokes: each robot with a pitch of its own, as loud as its force,
 * from the moment at which it is struck. A function of strokes and time; safe for several threads.
 */
public final class StrokeMixer implements Consumer<Stroke> {
  private static final int MOST_SOUNDING = 4096;
  private static final double LOUDEST = 0.5;
  private static final double ATTACK_S = 0.0005;
  private static final double DECAY_S = 0.04;
  private static final double LASTS_S = 0.4;
  private static final double LOWEST_HZ = 150;
  private static final int LOWEST_NOTE = 36;

  private final List<Stroke> sounding = new ArrayList<>();

  @Override
  public synchronized void accept(Stroke stroke) {
    if (!stroke.isMissed() && sounding.size() < MOST_SOUNDING) {
      sounding.add(stroke);
    }
  }

  /**
   * Adds what is heard to samples; earlier strokes that have died away are forgotten.
   *
   * @param firstNanos when the first of the samples is heard, as strokes tell it
   * @param rate samples a second
   */
  public synchronized void mix(float[] samples, int count, long firstNanos, int rate) {
    for (Iterator<Stroke> all = sounding.iterator(); all.hasNext(); ) {
      Stroke stroke = all.next();
      double since = (firstNanos - stroke.struckNanos()) / 1e9;
      if (since > LASTS_S) {
        all.remove();
      } else {
        for (int i = Math.max(0, (int) Math.ceil(-since * rate)); i < count; i++) {
          samples[i] += (float) (stroke.force() * wave(stroke.note(), since + (double) i / rate));
        }
      }
    }
  }

  /** Of a robot, so long after it struck. */
  private static double wave(int note, double seconds) {
    double pitch = LOWEST_HZ * Math.pow(2, (note - LOWEST_NOTE) / 4.0);
    double body = Math.cos(2 * Math.PI * pitch * seconds) * Math.exp(-seconds / DECAY_S);
    return LOUDEST * Math.min(1, seconds / ATTACK_S) * body;
  }
}
