package org.latentspace.explorer.inlet;

import com.google.common.primitives.Doubles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.place.ExtraOutputs;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.GetSensitivityRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.SendReply;
import org.latentspace.proto.SendRequest;
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
   * @throws Refusal UNKNOWN if it was never heard
   */
  Performer find(String name) {
    Performer performer = Name.isValid(name) ? performers.find(name) : null;
    if (performer == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN,
          "performer " + (Name.isValid(name) ? name + " was never heard" : "must be " + Name.RULE));
    }
    return performer;
  }

  ExplorerSettings settings(GetSettingsRequest request) {
    return settings(find(request.getPerformer()));
  }

  ExplorerSettings settings(Performer performer) {
    ExplorerSettings settings = SettingsWire.settings(performer.name(), performer.choices());
    String lasting = flow.lasting();
    return lasting.equals("ok") ? settings : settings.toBuilder().setNotKept(lasting).build();
  }

  /** Sets what is set; unset fields stay. */
  ExplorerSettings choose(ExplorerSettings request) {
    Performer performer = find(request.getPerformer());
    flow.change(performer, SettingsWire.change(request));
    return settings(performer);
  }

  /** Puts the point. */
  ExplorerSettings place(PlaceRequest request) {
    Performer performer = find(request.getPerformer());
    Place hand = performer.hand();
    sized("position", request.getPositionCount(), performers.latentSize());
    float[] position = SettingsWire.floats("position", request.getPositionList(), 1);
    float noise =
        request.hasNoise()
            ? SettingsWire.within("noise", request.getNoise(), Place.MOST_NOISE)
            : hand.noise();
    float ramp =
        request.hasZRampMs()
            ? SettingsWire.within("z_ramp_ms", request.getZRampMs(), Place.MOST_RAMP_MS)
            : hand.rampMs();
    ExtraOutputs further = hand.further();
    if (request.getFurtherCount() > 0) {
      sized("further", request.getFurtherCount(), further.routes().size());
      further =
          new ExtraOutputs(
              further.routes(), SettingsWire.floats("further", request.getFurtherList(), 1));
    }
    flow.put(performer, new Place(position, noise, ramp, Mode.SELECT, further));
    return settings(performer);
  }

  private static void sized(String field, int has, int must) {
    if (has != must) {
      throw new IllegalArgumentException(field + " has " + has + " entries, must be " + must);
    }
  }

  /**
   * Which input moves which output now.
   *
   * @throws Refusal NOT_YET before the first frame with features
   */
  Sensitivity sensitivity(GetSensitivityRequest request) {
    String name = request.getPerformer();
    org.latentspace.explorer.place.Sensitivity found = find(name).sensitivity();
    if (found == null) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + name + " has not played anything yet");
    }
    return Sensitivity.newBuilder()
        .setPerformer(name)
        .addAllSenses(found.senses())
        .addAllOutputs(found.outputs())
        .setMapping(found.mapping())
        .addAllSlope(Doubles.asList(found.slope()))
        .build();
  }

  /** Hands the point on now. */
  SendReply send(SendRequest request) {
    flow.sendNow(find(request.getPerformer()));
    return SendReply.getDefaultInstance();
  }
}
