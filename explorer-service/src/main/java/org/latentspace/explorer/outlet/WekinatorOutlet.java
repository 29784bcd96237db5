package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.Place;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscReceiver;
import org.latentspace.osc.OscSender;

/**
 * Tells one performer's vector and point to Wekinator's port with every live frame: /wek/inputs
 * with the vector, /wek/outputs x y noise ramp [z3 ...], each value 0..1. Never waits; what cannot
 * go at once is dropped and counted.
 */
@ApplicationScoped
public class WekinatorOutlet {
  private static final int PLANE = 2;

  private final LongAdder placed = new LongAdder();
  // Null where they are switched off.
  private volatile OscReceiver in;
  private volatile OscSender sender;
  private String performer;

  /** Sends from now on. */
  public void open(ExplorerConfig.Wekinator ports) {
    performer = ports.performer();
    sender = new OscSender(ports.outHost(), ports.outPort());
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

  /** The port on which points come in; it is counted and seen here with the other. */
  public void in(OscReceiver port) {
    in = port;
  }

  /** A point has come in and was placed. */
  public void placed() {
    placed.increment();
  }

  public long placedCount() {
    return placed.sum();
  }

  public long refusedCount() {
    return in == null ? 0 : in.refused();
  }

  public long sentCount() {
    return sender == null ? 0 : sender.sent();
  }

  public long droppedCount() {
    return sender == null ? 0 : sender.dropped();
  }

  /** "off", "ok", or what is wrong with one of the ports. */
  public String status() {
    if (in == null || sender == null) {
      return "off";
    }
    return in.status().equals("ok") ? sender.status() : in.status();
  }
}
