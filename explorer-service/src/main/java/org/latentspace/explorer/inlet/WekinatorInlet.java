package org.latentspace.explorer.inlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.explorer.place.Outputs;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscReceiver;
import org.latentspace.performer.Name;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.StartMistake;

/**
 * The door for those who play the part of Wekinator: /wek/outputs x y [noise [ramp [z3 ...]]] for
 * the configured performer, /lse/point/PERFORMER ... for any, each value 0..1 as a mapping's
 * outputs.
 *
 * <p>It does what a hand does ({@link ExplorerFlow#put}). Values outside of 0..1 are clipped, as a
 * model of somebody else may leave the range; what is not finite is refused.
 */
@ApplicationScoped
public class WekinatorInlet {
  private static final String PREFIX = "explorer-service.wekinator.";
  private static final String OUTPUTS = "/wek/outputs";
  private static final String POINT = "/lse/point/";
  private static final int PLANE = 2;

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(WekinatorInlet.class), "point");

  @Inject ExplorerFlow flow;
  @Inject ExplorerCommands commands;
  @Inject Performers performers;
  @Inject WekinatorOutlet outlet;

  private String performer;
  // Null where it is switched off.
  private OscReceiver receiver;

  /** Throws {@link StartMistake} for what is wrong in the settings. */
  public void check(ExplorerConfig.Wekinator ports) {
    StartMistake.within(PREFIX + "in-port", ports.inPort(), 1, 65535);
    StartMistake.within(PREFIX + "out-port", ports.outPort(), 1, 65535);
    if (!Name.isValid(ports.performer())) {
      throw new StartMistake(PREFIX + "performer=" + ports.performer() + ": must be " + Name.RULE);
    }
    if (ports.enabled() && ports.inPort() == ports.outPort()) {
      throw new StartMistake(
          PREFIX + "out-port=" + ports.outPort() + ": must be another than in-port");
    }
  }

  /** Listens on its port. */
  public void open(ExplorerConfig.Wekinator ports) {
    performer = ports.performer();
    receiver =
        new OscReceiver(
            "osc-wekinator",
            ports.inHost(),
            ports.inPort(),
            this::hear,
            (address, why) -> refusals.tell(performer, why));
    outlet.in(receiver);
    receiver.start();
  }

  void close(@Observes ShutdownEvent end) {
    if (receiver != null) {
      receiver.close();
    }
  }

  private void hear(OscMessage message) {
    String address = message.address();
    if (address.equals(OUTPUTS)) {
      place(performer, message.numbers());
    } else if (address.startsWith(POINT)) {
      place(address.substring(POINT.length()), message.numbers());
    } else {
      throw new IllegalArgumentException("must be " + OUTPUTS + " or " + POINT + "PERFORMER");
    }
    outlet.placed();
  }

  private void place(String name, float[] outputs) {
    int size = performers.latentSize();
    if (outputs.length < PLANE || outputs.length > size + PLANE) {
      throw new IllegalArgumentException(outputs.length + " values, must be 2.." + (size + PLANE));
    }
    double[] said = new double[outputs.length];
    for (int i = 0; i < said.length; i++) {
      said[i] = outputs[i];
    }
    try {
      Performer found = commands.find(name);
      Place hand = found.hand();
      flow.put(found, new Outputs(size).place(said, hand, hand));
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
