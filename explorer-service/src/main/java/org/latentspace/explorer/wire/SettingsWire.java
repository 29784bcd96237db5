package org.latentspace.explorer.wire;

import com.google.common.primitives.Floats;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Route;
import org.latentspace.explorer.place.Setting;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.OutputRoute;
import org.latentspace.proto.OutputRoutes;

/**
 * Writes settings as messages of the wire and of the disk, and reads them back: each under its name
 * in the contract, choices in the contract's order.
 */
public final class SettingsWire {
  private SettingsWire() {}

  /** What is set; the rest is left out. */
  public static ExplorerSettings settings(String performer, PerformerSettings set) {
    ExplorerSettings.Builder message = ExplorerSettings.newBuilder().setPerformer(performer);
    for (Setting<?> setting : Setting.all()) {
      Object value = set.get(setting);
      if (value instanceof Place hand) {
        hand(hand, message);
      } else if (value != null) {
        FieldDescriptor field = field(setting);
        message.setField(field, wire(field, setting, value));
      }
    }
    return message.build();
  }

  private static FieldDescriptor field(Setting<?> setting) {
    return ExplorerSettings.getDescriptor().findFieldByName(setting.name());
  }

  private static Object wire(FieldDescriptor field, Setting<?> setting, Object value) {
    if (value instanceof Enum<?> choice) {
      return field.getEnumType().findValueByNumber(choice.ordinal() + 1);
    }
    if (value instanceof org.latentspace.explorer.mapping.FitSettings fit) {
      return MappingWire.settings(fit);
    }
    return setting == Setting.ROUTES ? routes((List<?>) value) : value;
  }

  private static void hand(Place hand, ExplorerSettings.Builder message) {
    message
        .addAllPosition(Floats.asList(hand.position()))
        .setNoise(hand.noise())
        .setZRampMs(hand.rampMs())
        .addAllFurther(Floats.asList(hand.further().values()));
  }

  private static OutputRoutes routes(List<?> routes) {
    OutputRoutes.Builder message = OutputRoutes.newBuilder();
    for (Object one : routes) {
      Route route = (Route) one;
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
  public static PerformerSettings change(ExplorerSettings message) {
    PerformerSettings set = PerformerSettings.NOTHING;
    for (Setting<?> setting : Setting.all()) {
      set = setting == Setting.HAND ? set : read(setting, message, set);
    }
    return set;
  }

  @SuppressWarnings("unchecked") // A field holds what its setting is written as.
  private static <T> PerformerSettings read(
      Setting<T> setting, ExplorerSettings message, PerformerSettings set) {
    FieldDescriptor field = field(setting);
    if (!message.hasField(field)) {
      return set;
    }
    Object value = message.getField(field);
    if (value instanceof EnumValueDescriptor choice) {
      return set.with(setting, setting.choice(choice.getNumber() - 1));
    }
    if (value instanceof FitSettings fit) {
      return set.with(Setting.FIT, MappingWire.settings(fit));
    }
    return value instanceof OutputRoutes routes
        ? set.with(Setting.ROUTES, routes(routes))
        : set.with(setting, (T) value);
  }

  /**
   * What was stored, the hand with it.
   *
   * @param latentSize a hand of another latent space is left out
   * @throws IllegalArgumentException that names the value and its range
   */
  public static PerformerSettings stored(ExplorerSettings message, int latentSize) {
    PerformerSettings change = change(message);
    if (message.getPositionCount() != latentSize) {
      return change;
    }
    List<Route> set = change.get(Setting.ROUTES);
    List<Route> routes = set == null ? List.of() : set;
    Place.ExtraOutputs further = further(message.getFurtherList(), routes);
    Place hand =
        place("position", message.getPositionList(), message.getNoise(), message.getZRampMs());
    return change.with(Setting.HAND, hand.with(further));
  }

  /**
   * A place where a hand has put the point.
   *
   * @param field of the position, for messages
   * @throws IllegalArgumentException that names the value and its range
   */
  static Place place(String field, List<Float> position, float noise, float rampMs) {
    return new Place(
        floats(field, position, 1),
        within("noise", noise, Place.MOST_NOISE),
        within("z_ramp_ms", rampMs, Place.MOST_RAMP_MS),
        Place.Mode.SELECT);
  }

  /**
   * Values of further outputs, one a route.
   *
   * @throws IllegalArgumentException that names the value and its range
   */
  public static Place.ExtraOutputs further(List<Float> values, List<Route> routes) {
    sized("further", values.size(), routes.size());
    return new Place.ExtraOutputs(routes, floats("further", values, 1));
  }

  /** Throws IllegalArgumentException unless a field has as many entries as it must. */
  public static void sized(String field, int has, int must) {
    if (has != must) {
      throw new IllegalArgumentException(field + " has " + has + " entries, must be " + must);
    }
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

  /** A value between 0 and the most; throws IllegalArgumentException that names it. */
  public static float within(String field, float value, float most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(field + "=" + value + ": must be 0.." + (int) most);
    }
    return value;
  }

  private static List<Route> routes(OutputRoutes message) {
    return message.getRoutesList().stream()
        .map(
            route ->
                new Route(route.getName(), route.getDestination(), route.getMin(), route.getMax()))
        .toList();
  }
}
