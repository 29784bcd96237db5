package org.latentspace.explorer;

import org.latentspace.explorer.place.Change;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.preset.Preset;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.LatentPoint;

/** Writes presets and trajectories as messages of the wire, and reads presets back. */
public final class PresetWire {
  private PresetWire() {}

  public static org.latentspace.proto.Preset preset(String performer, Preset preset) {
    ExplorerSettings settings = SettingsWire.settings(performer, preset.settings());
    LatentPoint.Builder point =
        LatentPoint.newBuilder()
            .setNoise(preset.point().noise())
            .setZRampMs(preset.point().rampMs())
            .setMode(ExplorerWire.mode(preset.point().mode()));
    for (float entry : preset.point().position()) {
      point.addPosition(entry);
    }
    return org.latentspace.proto.Preset.newBuilder()
        .setName(preset.name())
        .setSettings(settings)
        .setPoint(point)
        .build();
  }

  /**
   * A stored preset.
   *
   * @throws IllegalArgumentException that names the value and its range, or another latent space
   */
  public static Preset preset(org.latentspace.proto.Preset message, int latentSize) {
    Change settings = SettingsWire.stored(message.getSettings(), latentSize);
    LatentPoint point = message.getPoint();
    if (settings.hand() == null || point.getPositionCount() != latentSize) {
      throw new IllegalArgumentException(
          "presets: "
              + message.getName()
              + " has positions of "
              + point.getPositionCount()
              + " entries, must be "
              + latentSize);
    }
    Place place =
        new Place(
            SettingsWire.floats("point", point.getPositionList(), 1),
            SettingsWire.within("noise", point.getNoise(), Place.MOST_NOISE),
            SettingsWire.within("z_ramp_ms", point.getZRampMs(), Place.MOST_RAMP_MS),
            point.getMode() == org.latentspace.proto.Mode.MODE_PREDICT
                ? Mode.PREDICT
                : Mode.SELECT);
    return new Preset(message.getName(), settings, place);
  }

  public static org.latentspace.proto.Trajectory trajectory(Trajectory trajectory) {
    return org.latentspace.proto.Trajectory.newBuilder()
        .setName(trajectory.name())
        .setSeconds(trajectory.seconds())
        .setPoints(trajectory.points())
        .build();
  }
}
