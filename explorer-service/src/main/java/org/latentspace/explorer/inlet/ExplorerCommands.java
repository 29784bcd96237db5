package org.latentspace.explorer.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.place.ExtraOutputs;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.Sensitivity;

/**
 * What hands may do, whether they come over gRPC or from the screen; checks it before it is done.
 */
@ApplicationScoped
public class ExplorerCommands {
  @Inject ExplorerFlow flow;
  @Inject Performers performers;

  /**
   * The performer of that name.
   *
   * @throws StatusRuntimeException NOT_FOUND if it was never heard
   */
  Performer find(String name) {
    Performer performer = Name.isValid(name) ? performers.find(name) : null;
    if (performer == null) {
      throw Status.NOT_FOUND
          .withDescription(
              Name.isValid(name)
                  ? "performer " + name + " was never heard"
                  : "performer must be 1..64 characters of [A-Za-z0-9_-]")
          .asRuntimeException();
    }
    return performer;
  }

  ExplorerSettings settings(Performer performer) {
    ExplorerSettings settings = SettingsWire.settings(performer.name(), performer.choices());
    String lasting = flow.lasting();
    return lasting.equals("ok") ? settings : settings.toBuilder().setNotKept(lasting).build();
  }

  /** Sets what is set; unset fields stay. */
  ExplorerSettings choose(ExplorerSettings request) {
    Performer performer = find(request.getPerformer());
    flow.change(performer, checked(() -> SettingsWire.change(request)));
    return settings(performer);
  }

  /**
   * A wrong value of a request, as a status.
   *
   * @throws StatusRuntimeException OUT_OF_RANGE for a number, INVALID_ARGUMENT for others
   */
  static <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      boolean number = wrong.getMessage().matches("[a-z_]+(\\[\\d+\\])?=[^:]*: must be [0-9.]+");
      Status status = number ? Status.OUT_OF_RANGE : Status.INVALID_ARGUMENT;
      throw status.withDescription(wrong.getMessage()).asRuntimeException();
    }
  }

  /** Puts the point. */
  ExplorerSettings place(PlaceRequest request) {
    Performer performer = find(request.getPerformer());
    Place hand = performer.hand();
    sized("position", request.getPositionCount(), performers.latentSize());
    float[] position = checked(() -> SettingsWire.floats("position", request.getPositionList(), 1));
    float noise =
        request.hasNoise() ? within("noise", request.getNoise(), Place.MOST_NOISE) : hand.noise();
    float ramp =
        request.hasZRampMs()
            ? within("z_ramp_ms", request.getZRampMs(), Place.MOST_RAMP_MS)
            : hand.rampMs();
    ExtraOutputs further = hand.further();
    if (request.getFurtherCount() > 0) {
      sized("further", request.getFurtherCount(), further.routes().size());
      further =
          new ExtraOutputs(
              further.routes(),
              checked(() -> SettingsWire.floats("further", request.getFurtherList(), 1)));
    }
    flow.put(performer, new Place(position, noise, ramp, Mode.SELECT, further));
    return settings(performer);
  }

  private static void sized(String field, int has, int must) {
    if (has != must) {
      throw Status.INVALID_ARGUMENT
          .withDescription(field + " has " + has + " entries, must be " + must)
          .asRuntimeException();
    }
  }

  /**
   * Which input moves which output now.
   *
   * @throws StatusRuntimeException FAILED_PRECONDITION before the first frame with features
   */
  Sensitivity sensitivity(String name) {
    org.latentspace.explorer.place.Sensitivity found = find(name).sensitivity();
    if (found == null) {
      throw Status.FAILED_PRECONDITION
          .withDescription("performer " + name + " has not played anything yet")
          .asRuntimeException();
    }
    Sensitivity.Builder message =
        Sensitivity.newBuilder()
            .setPerformer(name)
            .addAllSenses(found.senses())
            .addAllOutputs(found.outputs())
            .setMapping(found.mapping());
    for (double slope : found.slope()) {
      message.addSlope(slope);
    }
    return message.build();
  }

  /** Hands the point on now. */
  void send(String name) {
    flow.sendNow(find(name));
  }

  static float within(String field, float value, float most) {
    if (!(value >= 0 && value <= most)) {
      throw Status.OUT_OF_RANGE
          .withDescription(field + "=" + value + ": must be 0.." + (int) most)
          .asRuntimeException();
    }
    return value;
  }
}
