package org.latentspace.feature.inlet;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.latentspace.feature.FeatureConfig;
import org.latentspace.feature.FeatureFlow;
import org.latentspace.feature.senses.Senses;
import org.latentspace.osc.Osc;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscReceiver;
import org.latentspace.performer.Name;
import org.latentspace.wire.MetricsTable;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.StartOrder;

/** The door through which other senses come in by OSC: /lse/input/PERFORMER/NAME f f ... */
@ApplicationScoped
public class OscInlet {
  private static final String ROOT = "/lse/input/";

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(OscInlet.class), "sense", Osc::isAddress);

  @Inject FeatureFlow flow;
  @Inject Senses senses;

  // Null where it is switched off.
  private OscReceiver receiver;

  void open(
      @Observes @Priority(StartOrder.OPEN) StartupEvent begin,
      FeatureConfig config,
      MeterRegistry page) {
    new MetricsTable(page, "feature.")
        .counter(
            "senses.osc.refused",
            "Datagrams that were no OSC, and OSC messages that were refused.",
            () -> receiver == null ? 0 : receiver.refused());
    if (config.osc().port() > 0) {
      receiver =
          new OscReceiver(
              "osc-senses", config.osc().host(), config.osc().port(), this::hear, refusals::tell);
      flow.describeOsc(receiver::status);
      receiver.start();
    }
  }

  void close(@Observes ShutdownEvent end) {
    if (receiver != null) {
      receiver.close();
    }
  }

  private void hear(OscMessage message) {
    String[] path = path(message.address());
    long now = System.nanoTime();
    float[] values;
    try {
      values = message.numbers();
    } catch (IllegalArgumentException e) {
      senses.refuse(path[0], path[1], e.getMessage(), now);
      throw e;
    }
    String why = senses.feel(path[0], path[1], values, now);
    if (why != null) {
      throw new IllegalArgumentException(why);
    }
  }

  /** Performer and sense. */
  private String[] path(String address) {
    String[] path = address.startsWith(ROOT) ? address.substring(ROOT.length()).split("/") : null;
    if (path == null || path.length != 2 || !Name.isValid(path[0]) || !Name.isValid(path[1])) {
      senses.refuse();
      throw new IllegalArgumentException("must be " + ROOT + "PERFORMER/NAME");
    }
    return path;
  }
}
