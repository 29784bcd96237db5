package org.latentspace.explorer.inlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.explorer.inlet.ControlActions.Hand;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.wire.ControlCounts;
import org.latentspace.explorer.wire.NamedStatus;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.ControlPart;
import org.latentspace.osc.Osc;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscReceiver;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.StartMistake;

/**
 * Control by OSC: every {@link Parameter} at its own address, and the addresses of installation
 * .yaml. What is refused is counted, and logged once for each address.
 */
@ApplicationScoped
public class OscControls implements NamedStatus {
  static final String KEY = "explorer-service.controls.port";
  private static final Hand HAND = new Hand(Holder.pedal("OSC"), 500);

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(OscControls.class), "control", Osc::isAddress);

  @Inject Controls controls;
  @Inject ControlActions actions;
  @Inject ControlCounts counts;

  // Null where it is switched off.
  private volatile OscReceiver receiver;

  /** Throws {@link StartMistake} for what is wrong in the settings. */
  public void check(ExplorerConfig.Controls ports) {
    ports.port().ifPresent(port -> StartMistake.within(KEY, port, 1, 65535));
  }

  /** Listens on its port. */
  public void open(String host, int port) {
    receiver = new OscReceiver(KEY, host, port, this::hear, this::refused);
    receiver.start();
  }

  void close(@Observes ShutdownEvent end) {
    if (receiver != null) {
      receiver.close();
    }
  }

  private void refused(String address, String why) {
    counts.count(false);
    refusals.tell(address, why);
  }

  private void hear(OscMessage message) {
    List<Object> arguments = message.arguments();
    if (arguments.size() > 1) {
      throw new IllegalArgumentException(arguments.size() + " arguments, must be one or none");
    }
    Object said = arguments.isEmpty() ? null : arguments.get(0);
    List<ControlPart> mapped = controls.at(message.address());
    if (mapped.isEmpty()) {
      Parameter parameter = Parameter.at(message.address());
      attempt(message, parameter, set(parameter, said, HAND));
    }
    for (ControlPart control : mapped) {
      attempt(message, Parameter.of(control), moved(control, said));
    }
  }

  /** What is wrong with the message itself is told here and now, the rest when it is known. */
  private void attempt(OscMessage message, Parameter parameter, Controls.Deed deed) {
    controls.attempt(why -> refusals.tell(message.address(), why), parameter, deed);
  }

  /** A message to a parameter's own address. */
  private Controls.Deed set(Parameter parameter, Object said, Hand hand) {
    Kind kind = parameter.action().kind();
    boolean pressed = kind == Kind.PRESS || (kind == Kind.SWITCH && said == null);
    if (pressed) {
      return isRelease(said) ? () -> null : () -> actions.press(parameter, hand);
    }
    Object value = parameter.checked(said);
    return () -> actions.set(parameter, value, hand);
  }

  /** A message to an address of the installation's file. */
  private Controls.Deed moved(ControlPart control, Object said) {
    Parameter parameter = Parameter.of(control);
    Hand hand = new Hand(HAND.holder(), control.meanMs());
    Object fixed = Parameter.fixed(control);
    if (fixed != null) {
      return isRelease(said) ? () -> null : () -> actions.set(parameter, fixed, hand);
    }
    boolean goesOn = control.action().kind() == Kind.CHOICE && !(said instanceof String);
    if (goesOn) {
      return isRelease(said) ? () -> null : () -> actions.press(parameter, hand);
    }
    return set(parameter, control.scaled() ? control.number(travel(said)) : said, hand);
  }

  private static double travel(Object said) {
    double travel = said instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!(travel >= 0 && travel <= 1)) {
      throw new IllegalArgumentException(
          (said == null ? "(nothing)" : said) + ": must be 0..1, as it has a range");
    }
    return travel;
  }

  /** Buttons say 0 or false when they are let go. */
  private static boolean isRelease(Object said) {
    return Boolean.FALSE.equals(said)
        || (said instanceof Number number && number.doubleValue() == 0);
  }

  @Override
  public String name() {
    return "osc-controls";
  }

  @Override
  public String status() {
    if (receiver != null) {
      return receiver.status();
    }
    boolean missed = controls.ofTheFile().stream().anyMatch(each -> each.key() == null);
    return missed ? KEY + " is not set, so nothing comes in by OSC" : "off";
  }
}
