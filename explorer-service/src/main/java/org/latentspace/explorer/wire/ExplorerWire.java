package org.latentspace.explorer.wire;

import java.util.List;
import org.latentspace.explorer.place.Performer.PointStatus;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Route;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Control;
import org.latentspace.proto.Exploring;
import org.latentspace.proto.LatentPoint;
import org.latentspace.wire.OriginWire;

/** Writes the domain's values as messages of the wire. */
public final class ExplorerWire {
  private ExplorerWire() {}

  public static LatentPoint point(Origin origin, Place place) {
    LatentPoint.Builder point =
        LatentPoint.newBuilder()
            .setOrigin(OriginWire.write(origin))
            .setNoise(place.noise())
            .setZRampMs(place.rampMs())
            .setMode(mode(place.mode()));
    for (float entry : place.position()) {
      point.addPosition(entry);
    }
    List<Route> routes = place.further().routes();
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      if (!route.destination().isEmpty()) {
        point.addControls(
            Control.newBuilder()
                .setName(route.name())
                .setDestination(route.destination())
                .setValue(route.value(place.further().values()[i])));
      }
    }
    return point.build();
  }

  /** What is going on with the point; to be filled up by who knows the mapping. */
  public static Exploring.Builder exploring(PointStatus doing) {
    Exploring.Builder message =
        Exploring.newBuilder()
            .setExtrapolation(doing.extrapolation())
            .setDrift(doing.drift())
            .setPlayingTrajectory(doing.replays())
            .setRecordingTrajectory(doing.records())
            .setMorphingPreset(doing.preset())
            .setMorph(doing.morph());
    for (float entry : doing.velocity()) {
      message.addVelocity(entry);
    }
    return message;
  }

  public static org.latentspace.proto.Mode mode(Place.Mode mode) {
    return mode == Place.Mode.SELECT
        ? org.latentspace.proto.Mode.MODE_SELECT
        : org.latentspace.proto.Mode.MODE_PREDICT;
  }
}
