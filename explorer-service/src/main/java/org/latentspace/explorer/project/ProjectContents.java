package org.latentspace.explorer.project;

import java.util.List;
import java.util.Map;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.Fitted;
import org.latentspace.explorer.mapping.Playing;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.preset.Preset;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * Everything a performer taught and set.
 *
 * @param pairsScale made the pairs' inputs; null: not known
 * @param heardScale was heard last; null: none
 * @param settings what somebody has set; null: nothing
 * @param presets by their names
 * @param trajectories by their names
 * @param mappings newest first
 */
public record ProjectContents(
    List<Pair> pairs,
    Scale pairsScale,
    Scale heardScale,
    PerformerSettings settings,
    Map<String, Preset> presets,
    Map<String, Trajectory> trajectories,
    List<Fitted> mappings,
    Playing playing) {

  public static final ProjectContents NOTHING =
      new ProjectContents(
          List.of(), null, null, null, Map.of(), Map.of(), List.of(), Playing.NOTHING);

  /** The same with the scaling that was heard last. */
  public ProjectContents heard(Scale scale) {
    return new ProjectContents(
        pairs, pairsScale, scale, settings, presets, trajectories, mappings, playing);
  }

  public boolean isEmpty() {
    return pairs.isEmpty()
        && heardScale == null
        && settings == null
        && presets.isEmpty()
        && trajectories.isEmpty()
        && mappings.isEmpty()
        && playing.equals(Playing.NOTHING);
  }
}
