package org.latentspace.explorer.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.ExplorerWire;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Sending;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.PlaceRequest;

/**
 * What hands may do, whether they come over gRPC or from the screen; checks it before it is done.
 */
@ApplicationScoped
public class Hands {
  @Inject ExplorerFlow flow;
  @Inject Performers performers;

  /**
   * The performer of that name.
   *
   * @throws StatusRuntimeException NOT_FOUND if it was never heard
   */
  Performer find(String name) {
    Performer performer = Decoding.isName(name) ? performers.find(name) : null;
    if (performer == null) {
      throw Status.NOT_FOUND
          .withDescription(
              Decoding.isName(name)
                  ? "performer " + name + " was never heard"
                  : "performer must be 1..64 characters of [A-Za-z0-9_-]")
          .asRuntimeException();
    }
    return performer;
  }

  ExplorerSettings settings(Performer performer) {
    Place hand = performer.hand();
    ExplorerSettings.Builder settings =
        ExplorerSettings.newBuilder()
            .setPerformer(performer.name())
            .setMode(ExplorerWire.mode(performer.mode()))
            .setSending(
                performer.sending() == Sending.AUTO
                    ? org.latentspace.proto.Sending.SENDING_AUTO
                    : org.latentspace.proto.Sending.SENDING_MANUAL)
            .setNoise(hand.noise())
            .setZRampMs(hand.rampMs());
    for (float entry : hand.position()) {
      settings.addPosition(entry);
    }
    return settings.build();
  }

  /** Chooses mode and sending; unset ones stay. */
  ExplorerSettings choose(ExplorerSettings request) {
    Performer performer = find(request.getPerformer());
    Mode mode =
        switch (request.getMode()) {
          case MODE_UNSPECIFIED -> null;
          case MODE_SELECT -> Mode.SELECT;
          case MODE_PREDICT -> Mode.PREDICT;
          case UNRECOGNIZED -> throw invalid("mode", request.getModeValue(), "0..2");
        };
    Sending sending =
        switch (request.getSending()) {
          case SENDING_UNSPECIFIED -> null;
          case SENDING_MANUAL -> Sending.MANUAL;
          case SENDING_AUTO -> Sending.AUTO;
          case UNRECOGNIZED -> throw invalid("sending", request.getSendingValue(), "0..2");
        };
    performer.choose(mode, sending);
    return settings(performer);
  }

  /** Puts the point. */
  ExplorerSettings place(PlaceRequest request) {
    Performer performer = find(request.getPerformer());
    List<Float> given = request.getPositionList();
    if (given.size() != performers.latentSize()) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "position has " + given.size() + " entries, must be " + performers.latentSize())
          .asRuntimeException();
    }
    float[] position = new float[given.size()];
    for (int i = 0; i < position.length; i++) {
      position[i] = within("position[" + i + "]", given.get(i), 1);
    }
    Place hand = performer.hand();
    float noise =
        request.hasNoise() ? within("noise", request.getNoise(), Place.MOST_NOISE) : hand.noise();
    float ramp =
        request.hasZRampMs()
            ? within("z_ramp_ms", request.getZRampMs(), Place.MOST_RAMP_MS)
            : hand.rampMs();
    flow.put(performer, new Place(position, noise, ramp, Mode.SELECT));
    return settings(performer);
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

  private static StatusRuntimeException invalid(String field, int value, String right) {
    return Status.INVALID_ARGUMENT
        .withDescription(field + "=" + value + ": must be " + right)
        .asRuntimeException();
  }
}
