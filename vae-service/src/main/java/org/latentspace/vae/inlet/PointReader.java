package org.latentspace.vae.inlet;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.performer.Name;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Origin;
import org.latentspace.vae.latent.LatentPoint.Control;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.OriginWire;

/** Reads points from the wire, and says what is wrong with those that cannot be played. */
final class PointReader {
  // Seventy years of sound: sums with a z-ramp do not overflow.
  private static final long LONGEST_SOUND_NANOS = Long.MAX_VALUE / 4;

  private PointReader() {}

  /** What is wrong with a point, or null. */
  static String fault(LatentPoint point) {
    Origin origin = point.getOrigin();
    if (!Name.isValid(origin.getPerformer())) {
      return "origin.performer must be " + Name.RULE;
    }
    if (origin.getSoundNanos() < 0 || origin.getSoundNanos() > LONGEST_SOUND_NANOS) {
      return "origin.sound_nanos is " + Long.toUnsignedString(origin.getSoundNanos());
    }
    int size = point.getPositionCount();
    if (size < org.latentspace.vae.latent.LatentPoint.MIN_SIZE
        || size > org.latentspace.vae.latent.LatentPoint.MAX_SIZE) {
      return "position has " + size + " entries, must have 2..32";
    }
    for (int d = 0; d < size; d++) {
      float value = point.getPosition(d);
      if (!(value >= 0 && value <= 1)) {
        return "position[" + d + "] is " + value + ", must be 0..1";
      }
    }
    float noise = point.getNoise();
    if (!(noise >= 0 && noise <= org.latentspace.vae.latent.LatentPoint.MAX_NOISE)) {
      return "noise is " + noise + ", must be 0..2";
    }
    float ramp = point.getZRampMs();
    if (!(ramp >= 0 && ramp <= org.latentspace.vae.latent.LatentPoint.MAX_Z_RAMP_MS)) {
      return "z_ramp_ms is " + ramp + ", must be 0..5000";
    }
    if (point.getControlsCount() > Control.MOST) {
      return "controls are " + point.getControlsCount() + ", must be at most " + Control.MOST;
    }
    return null;
  }

  /** A valid point of the domain. */
  static org.latentspace.vae.latent.LatentPoint read(LatentPoint point) {
    return new org.latentspace.vae.latent.LatentPoint(
        OriginWire.read(point.getOrigin()),
        RhythmWire.floats(point.getPositionList()),
        point.getNoise(),
        point.getZRampMs(),
        controls(point));
  }

  private static List<Control> controls(LatentPoint point) {
    List<Control> controls = new ArrayList<>(point.getControlsCount());
    for (org.latentspace.proto.Control control : point.getControlsList()) {
      controls.add(new Control(control.getName(), control.getDestination(), control.getValue()));
    }
    return controls;
  }
}
