package org.latentspace.mididevices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MIDI port of this machine, with what tells it from others.
 *
 * @param name as the system shows it, such as "UM-ONE [hw:2,0,0]"
 * @param description further words of the system
 * @param usb the device that it belongs to; null where that is not known
 * @param number of the ports of its device, 1 or higher; 0 where that is not known
 */
public record MidiPort(String name, String description, UsbDevice usb, int number) {
  // ALSA's name of a port: card, device of the card, part of the device.
  private static final Pattern PLACE = Pattern.compile("^(.*?)\\s*\\[hw:(\\d+),(\\d+)(,\\d+)?]$");

  /** The name without the number of the card, which is another one after the next start. */
  public String ownName() {
    Matcher place = PLACE.matcher(name);
    return place.matches() ? place.group(1) : name;
  }

  /** The number of ALSA's card in a name; -1: none. */
  static int card(String name) {
    Matcher place = PLACE.matcher(name);
    return place.matches() ? Integer.parseInt(place.group(2)) : -1;
  }

  boolean isNamed(String exact) {
    return ownName().equalsIgnoreCase(exact) || name.equalsIgnoreCase(exact);
  }

  boolean hasInName(String part) {
    String words = (name + " " + description).toLowerCase(Locale.ROOT);
    return words.contains(part.toLowerCase(Locale.ROOT));
  }

  /**
   * The addresses that name this port and no other, the shortest first: its name, its serial
   * number, its place on USB. Empty where nothing tells it from another.
   *
   * @param all the ports of this machine, this one among them
   */
  public List<String> addresses(List<MidiPort> all) {
    String end = all.stream().anyMatch(this::isOfTheSameDevice) ? "@port=" + number : "";
    List<String> wanted = new ArrayList<>(List.of(ownName(), ownName() + end));
    if (usb != null) {
      if (!usb.serial().isEmpty()) {
        wanted.add("@id=" + usb.id() + "@serial=" + usb.serial() + end);
      }
      wanted.add("@id=" + usb.id() + "@usb=" + usb.place() + end);
    }
    return wanted.stream()
        .distinct()
        .filter(text -> MidiAddress.parse(text).isOnly(this, all))
        .toList();
  }

  private boolean isOfTheSameDevice(MidiPort other) {
    boolean same = usb == null ? ownName().equals(other.ownName()) : usb.equals(other.usb);
    return other != this && number > 0 && other.number > 0 && same;
  }

  /** For people: its name, and what is known of its device. */
  public String shown() {
    if (usb == null) {
      return name;
    }
    String serial = usb.serial().isEmpty() ? "no serial number" : "serial " + usb.serial();
    return name + " (USB " + usb.place() + ", " + usb.id() + ", " + serial + ")";
  }
}
