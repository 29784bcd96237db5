package org.latentspace.midi.time;

import java.util.List;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.robot.RobotSet;

/**
 * An ensemble as it is to be: who leads it, how it plays, its robots.
 *
 * @param performers who may lead it; empty: everybody
 * @param leader the one performer where lead is ONE
 * @param division how many times as fast a loop runs through its steps: 1, 2 or 4
 * @param style null: as it plays now, its robots as mute or solo as they are
 */
public record EnsembleSetup(
    String name,
    List<String> performers,
    Lead lead,
    String leader,
    int division,
    EnsembleStyle style,
    RobotSet robots) {
  /** The same, but what a hand has chosen meanwhile stays. */
  public EnsembleSetup asChosen() {
    return new EnsembleSetup(name, performers, lead, leader, division, null, robots);
  }

  /** How it plays from now on; mute and solo of its robots are kept where that is. */
  EnsembleStyle adopt(EnsembleStyle now, RobotSet before) {
    if (style != null) {
      return style;
    }
    robots.chooseAs(before);
    return now;
  }

  /** Whether a performer may lead it. */
  public boolean takes(String performer) {
    return lead == Lead.ONE
        ? leader.equals(performer)
        : performers.isEmpty() || performers.contains(performer);
  }
}
