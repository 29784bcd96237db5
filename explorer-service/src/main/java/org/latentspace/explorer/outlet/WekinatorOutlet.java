package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.WekinatorMeter;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;

/**
 * Tells one performer's vector and point to Wekinator's port with every live frame: /wek/inputs
 * with the vector, /wek/outputs x y noise ramp [z3 ...], each value 0..1. Never waits; what cannot
 * go at once is dropped and counted.
 */
@ApplicationScoped
public class WekinatorOutlet {
  private static final int PLANE = 2;

  @Inject WekinatorMeter meter;

  // Null where it is switched off.
  private volatile OscSender sender;
  private String performer;

  /** Sends from now on. */
  public void open(ExplorerConfig.Wekinator ports) {
    performer = ports.performer();
    OscSender opened = new OscSender(ports.outHost(), ports.outPort());
    meter.out(opened);
    sender = opened;
  }

  void close(@Observes ShutdownEvent end) {
    if (sender != null) {
      sender.close();
    }
  }

  /** Tells what was heard and where the point is; a frame of another performer is let pass. */
  public void send(Frame frame, Place place) {
    OscSender open = sender;
    boolean meant =
        open != null
            && !frame.origin().lossless()
            && frame.vector().length > 0
            && frame.origin().performer().equals(performer);
    if (meant) {
      open.send(OscMessage.of("/wek/inputs", frame.vector()));
      open.send(OscMessage.of("/wek/outputs", outputs(place)));
    }
  }

  private static float[] outputs(Place place) {
    float[] position = place.position();
    float[] outputs = new float[position.length + PLANE];
    outputs[0] = position[0];
    outputs[1] = position[1];
    outputs[2] = place.noise() / Place.MOST_NOISE;
    outputs[3] = (float) Place.rampTravel(place.rampMs());
    System.arraycopy(position, PLANE, outputs, PLANE + PLANE, position.length - PLANE);
    return outputs;
  }
}
