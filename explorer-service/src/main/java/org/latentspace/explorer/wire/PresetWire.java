package org.latentspace.explorer.wire;

import com.google.common.primitives.Floats;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.PerformerSettings.Preset;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.performer.Name;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.ListPresetsReply;

/** Writes presets and trajectories as messages of the wire and of the disk, and reads them back. */
public final class PresetWire {
  private static final double NANOS = 1e9;
  private static final int NARROWEST_ROW = 4;
  private static final int WIDEST_ROW = 34;

  private PresetWire() {}

  public static org.latentspace.proto.Preset preset(String performer, Preset preset) {
    ExplorerSettings settings = SettingsWire.settings(performer, preset.settings());
    LatentPoint.Builder point =
        LatentPoint.newBuilder()
            .setNoise(preset.point().noise())
            .setZRampMs(preset.point().rampMs())
            .setMode(ExplorerWire.mode(preset.point().mode()))
            .addAllPosition(Floats.asList(preset.point().position()));
    return org.latentspace.proto.Preset.newBuilder()
        .setName(preset.name())
        .setSettings(settings)
        .setPoint(point)
        .build();
  }

  public static ListPresetsReply presets(String performer, Collection<Preset> presets) {
    ListPresetsReply.Builder reply = ListPresetsReply.newBuilder();
    presets.forEach(preset -> reply.addPresets(preset(performer, preset)));
    return reply.build();
  }

  /**
   * Stored presets by their names.
   *
   * @throws IllegalArgumentException that names the value and its range, or another latent space
   */
  public static Map<String, Preset> presets(
      List<org.latentspace.proto.Preset> messages, int latentSize) {
    if (messages.size() > Preset.MOST) {
      throw new IllegalArgumentException(
          "presets has " + messages.size() + " entries: must be at most " + Preset.MOST);
    }
    Map<String, Preset> read = new TreeMap<>();
    for (int i = 0; i < messages.size(); i++) {
      try {
        Preset preset = preset(messages.get(i), latentSize);
        read.put(preset.name(), preset);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("presets[" + i + "]: " + wrong.getMessage(), wrong);
      }
    }
    return read;
  }

  private static Preset preset(org.latentspace.proto.Preset message, int latentSize) {
    requireName(message.getName());
    PerformerSettings settings = SettingsWire.stored(message.getSettings(), latentSize);
    LatentPoint point = message.getPoint();
    if (settings.get(Setting.HAND) == null || point.getPositionCount() != latentSize) {
      throw new IllegalArgumentException(
          "positions have " + point.getPositionCount() + " entries: must be " + latentSize);
    }
    boolean predicted = point.getMode() == org.latentspace.proto.Mode.MODE_PREDICT;
    Place place =
        SettingsWire.place("point", point.getPositionList(), point.getNoise(), point.getZRampMs());
    return new Preset(
        message.getName(), settings, predicted ? place.in(Place.Mode.PREDICT) : place);
  }

  private static void requireName(String name) {
    if (!Name.isValid(name)) {
      throw new IllegalArgumentException("name must be " + Name.RULE);
    }
  }

  /** Without its rows. */
  public static org.latentspace.proto.Trajectory trajectory(Trajectory trajectory) {
    return org.latentspace.proto.Trajectory.newBuilder()
        .setName(trajectory.name())
        .setSeconds(trajectory.seconds())
        .setPoints(trajectory.points())
        .build();
  }

  /** With its rows, for the disk and for projects. */
  public static org.latentspace.proto.Trajectory wholeTrajectory(Trajectory trajectory) {
    org.latentspace.proto.Trajectory.Builder message = trajectory(trajectory).toBuilder();
    for (long nanos : trajectory.nanos()) {
      message.addSecondsAt(nanos / NANOS);
    }
    return message.addAllRows(Floats.asList(trajectory.rows())).build();
  }

  /**
   * A trajectory with its rows.
   *
   * @throws IllegalArgumentException that names the value and its range
   */
  public static Trajectory trajectory(org.latentspace.proto.Trajectory message) {
    requireName(message.getName());
    int points = message.getSecondsAtCount();
    int width = points == 0 ? 0 : message.getRowsCount() / points;
    if (width < NARROWEST_ROW || width > WIDEST_ROW || message.getRowsCount() != points * width) {
      throw new IllegalArgumentException(
          "rows has "
              + message.getRowsCount()
              + " entries: must be 4..34 for each of the "
              + points
              + " of secondsAt");
    }
    long[] nanos = new long[points];
    for (int i = 0; i < points; i++) {
      nanos[i] = Math.round(message.getSecondsAt(i) * NANOS);
    }
    float[] rows = new float[points * width];
    for (int i = 0; i < rows.length; i++) {
      int ofRow = i % width - width + 2;
      float most = ofRow < 0 ? 1 : ofRow == 0 ? Place.MOST_NOISE : Place.MOST_RAMP_MS;
      rows[i] = SettingsWire.within("rows[" + i + "]", message.getRows(i), most);
    }
    return new Trajectory(message.getName(), nanos, rows, width);
  }
}
