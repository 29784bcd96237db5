package org.latentspace.explorer;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.motion.Bounds;
import org.latentspace.explorer.place.Change;
import org.latentspace.explorer.place.Further;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Route;
import org.latentspace.explorer.place.Sending;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.OutputRoute;
import org.latentspace.proto.OutputRoutes;

/** Writes settings as messages of the wire and of the disk, and reads them back. */
public final class SettingsWire {
  private SettingsWire() {}

  /** What is set; the rest is left out. */
  public static ExplorerSettings settings(String performer, Change set) {
    ExplorerSettings.Builder message = ExplorerSettings.newBuilder().setPerformer(performer);
    if (set.mode() != null) {
      message.setMode(ExplorerWire.mode(set.mode()));
    }
    if (set.sending() != null) {
      message.setSending(
          set.sending() == Sending.AUTO
              ? org.latentspace.proto.Sending.SENDING_AUTO
              : org.latentspace.proto.Sending.SENDING_MANUAL);
    }
    if (set.motion() != null) {
      message.setMotion(motion(set.motion()));
    }
    if (set.bounds() != null) {
      message.setBounds(org.latentspace.proto.Bounds.forNumber(set.bounds().ordinal() + 1));
    }
    if (set.maxSpeed() != null) {
      message.setMaxSpeed(set.maxSpeed());
    }
    if (set.restMs() != null) {
      message.setRestMs(set.restMs());
    }
    if (set.autonomy() != null) {
      message.setAutonomy(set.autonomy());
    }
    if (set.autoFit() != null) {
      message.setAutoFit(set.autoFit());
    }
    if (set.routes() != null) {
      message.setRoutes(routes(set.routes()));
    }
    if (set.fit() != null) {
      message.setFit(MappingWire.settings(set.fit()));
    }
    if (set.hand() != null) {
      hand(set.hand(), message);
    }
    return message.build();
  }

  public static org.latentspace.proto.Motion motion(Motion motion) {
    return motion == Motion.POSITION
        ? org.latentspace.proto.Motion.MOTION_POSITION
        : org.latentspace.proto.Motion.MOTION_MOVEMENT;
  }

  private static void hand(Place hand, ExplorerSettings.Builder message) {
    for (float entry : hand.position()) {
      message.addPosition(entry);
    }
    message.setNoise(hand.noise()).setZRampMs(hand.rampMs());
    for (float value : hand.further().values()) {
      message.addFurther(value);
    }
  }

  private static OutputRoutes routes(List<Route> routes) {
    OutputRoutes.Builder message = OutputRoutes.newBuilder();
    for (Route route : routes) {
      message.addRoutes(
          OutputRoute.newBuilder()
              .setName(route.name())
              .setDestination(route.destination())
              .setMin(route.min())
              .setMax(route.max()));
    }
    return message.build();
  }

  /**
   * What a message sets, but for the hand.
   *
   * @throws IllegalArgumentException that names the value and its range
   */
  public static Change change(ExplorerSettings message) {
    return new Change(
        mode(message),
        sending(message),
        motion(message),
        bounds(message),
        message.hasMaxSpeed() ? message.getMaxSpeed() : null,
        message.hasRestMs() ? message.getRestMs() : null,
        message.hasAutonomy() ? message.getAutonomy() : null,
        message.hasRoutes() ? routes(message.getRoutes()) : null,
        message.hasFit() ? MappingWire.settings(message.getFit()) : null,
        message.hasAutoFit() ? message.getAutoFit() : null,
        null);
  }

  /**
   * What was stored, the hand with it.
   *
   * @param latentSize a hand of another latent space is left out
   * @throws IllegalArgumentException that names the value and its range
   */
  public static Change stored(ExplorerSettings message, int latentSize) {
    Change change = change(message);
    if (message.getPositionCount() != latentSize) {
      return change;
    }
    List<Route> routes = change.routes() == null ? List.of() : change.routes();
    if (message.getFurtherCount() != routes.size()) {
      throw new IllegalArgumentException(
          "further has " + message.getFurtherCount() + " entries, must be " + routes.size());
    }
    Further further = new Further(routes, floats("further", message.getFurtherList(), 1));
    Place hand =
        new Place(
            floats("position", message.getPositionList(), 1),
            within("noise", message.getNoise(), Place.MOST_NOISE),
            within("z_ramp_ms", message.getZRampMs(), Place.MOST_RAMP_MS),
            Mode.SELECT,
            further);
    return change.then(Change.of(hand));
  }

  /**
   * Entries that lie between 0 and the most.
   *
   * @throws IllegalArgumentException that names the first one that does not
   */
  public static float[] floats(String field, List<Float> entries, float most) {
    float[] values = new float[entries.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = within(field + "[" + i + "]", entries.get(i), most);
    }
    return values;
  }

  static float within(String field, float value, float most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(field + "=" + value + ": must be 0.." + (int) most);
    }
    return value;
  }

  private static Mode mode(ExplorerSettings message) {
    return switch (message.getMode()) {
      case MODE_UNSPECIFIED -> null;
      case MODE_SELECT -> Mode.SELECT;
      case MODE_PREDICT -> Mode.PREDICT;
      case UNRECOGNIZED -> throw unknown("mode", message.getModeValue(), "0..2");
    };
  }

  private static Sending sending(ExplorerSettings message) {
    return switch (message.getSending()) {
      case SENDING_UNSPECIFIED -> null;
      case SENDING_MANUAL -> Sending.MANUAL;
      case SENDING_AUTO -> Sending.AUTO;
      case UNRECOGNIZED -> throw unknown("sending", message.getSendingValue(), "0..2");
    };
  }

  private static Motion motion(ExplorerSettings message) {
    return switch (message.getMotion()) {
      case MOTION_UNSPECIFIED -> null;
      case MOTION_POSITION -> Motion.POSITION;
      case MOTION_MOVEMENT -> Motion.MOVEMENT;
      case UNRECOGNIZED -> throw unknown("motion", message.getMotionValue(), "0..2");
    };
  }

  private static Bounds bounds(ExplorerSettings message) {
    return switch (message.getBounds()) {
      case BOUNDS_UNSPECIFIED -> null;
      case BOUNDS_CLAMP -> Bounds.CLAMP;
      case BOUNDS_REFLECT -> Bounds.REFLECT;
      case BOUNDS_WRAP -> Bounds.WRAP;
      case UNRECOGNIZED -> throw unknown("bounds", message.getBoundsValue(), "0..3");
    };
  }

  private static List<Route> routes(OutputRoutes message) {
    List<Route> routes = new ArrayList<>();
    for (OutputRoute route : message.getRoutesList()) {
      routes.add(
          new Route(route.getName(), route.getDestination(), route.getMin(), route.getMax()));
    }
    return routes;
  }

  private static IllegalArgumentException unknown(String field, int value, String right) {
    return new IllegalArgumentException(field + "=" + value + ": must be " + right);
  }
}
