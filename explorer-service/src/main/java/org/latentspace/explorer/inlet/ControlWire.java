package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.MidiKey;
import org.latentspace.proto.MappedControl;

/** Writes controls as messages, and messages as entries of the installation's file. */
final class ControlWire {
  private ControlWire() {}

  static MappedControl message(String id, ControlPart control) {
    MappedControl.Builder message =
        MappedControl.newBuilder()
            .setId(id)
            .setMidiIn(control.midiIn())
            .setOsc(control.osc())
            .setDoes(control.action().word())
            .setTo(control.to());
    if (control.key() != null) {
      message.setOn(key(control.key()));
    }
    switch (control.target()) {
      case PERFORMER -> message.setPerformer(control.name());
      case ENSEMBLE -> message.setEnsemble(control.name());
      case ROBOT -> message.setRobot(control.name());
      default -> message.clearPerformer();
    }
    if (control.action().kind() == Kind.NUMBER && control.to().isEmpty()) {
      message.setLow(control.low()).setHigh(control.high());
    }
    if (control.action() == Action.ADD) {
      message.setMeanMs(control.meanMs());
    }
    if (control.lamp() != null) {
      message.setFeedback(key(control.lamp()));
    }
    return message.build();
  }

  static org.latentspace.proto.MidiKey key(MidiKey key) {
    org.latentspace.proto.MidiKey.Builder message =
        org.latentspace.proto.MidiKey.newBuilder().setChannel(key.channel());
    return (key.note() ? message.setNote(key.number()) : message.setController(key.number()))
        .build();
  }

  /** As it would stand below controls; what is wrong is found by who reads it. */
  static ObjectNode entry(MappedControl control) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    put(entry, "midi-in", control.getMidiIn());
    if (control.hasOn()) {
      entry.set("on", entry(control.getOn()));
    }
    put(entry, "osc", control.getOsc());
    entry.put("does", control.getDoes());
    put(entry, "performer", control.getPerformer());
    put(entry, "ensemble", control.getEnsemble());
    put(entry, "robot", control.getRobot());
    to(entry, control);
    if (control.hasLow() || control.hasHigh()) {
      entry.putArray("range").add(control.getLow()).add(control.getHigh());
    }
    if (control.hasMeanMs()) {
      entry.put("mean-ms", control.getMeanMs());
    }
    if (control.hasFeedback()) {
      entry.set("feedback", entry(control.getFeedback()));
    }
    return entry;
  }

  private static void put(ObjectNode entry, String key, String text) {
    if (!text.isEmpty()) {
      entry.put(key, text);
    }
  }

  private static void to(ObjectNode entry, MappedControl control) {
    String to = control.getTo();
    Action action = Action.of(control.getDoes());
    if (to.equals("true") || to.equals("false")) {
      entry.put("to", to.equals("true"));
    } else if (action != null
        && (action.kind() == Kind.NUMBER || action.kind() == Kind.AMOUNT)
        && to.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
      entry.put("to", Double.parseDouble(to));
    } else {
      put(entry, "to", to);
    }
  }

  private static ObjectNode entry(org.latentspace.proto.MidiKey key) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    if (key.hasNote()) {
      entry.put("note", key.getNote());
    } else if (key.hasController()) {
      entry.put("controller", key.getController());
    }
    if (key.getChannel() != 0) {
      entry.put("channel", key.getChannel());
    }
    return entry;
  }
}
