package org.latentspace.mididevices;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an installation calls a MIDI port: NAME, NAME@serial=S, NAME@usb=PLACE, with @id=VENDOR:
 * PRODUCT and @port=N beside them; the name may be left out where something else is said.
 *
 * <p>It names a port when exactly one fits. The name is the whole one in any case, or else a part
 * of name and description that fits. Where two fit it names none: a robot is never silently another
 * one.
 *
 * @param name or part of it; empty: any
 * @param id vendor and product, "" : any
 * @param serial "" : any
 * @param place on USB, "" : any
 * @param number of the device's ports; 0: any
 */
public record MidiAddress(String name, String id, String serial, String place, int number) {
  /** How an address is written. */
  public static final String RIGHT =
      "NAME, NAME@serial=SERIAL or NAME@usb=1-2.3, with @id=0582:012a or @port=2 if need be";

  private static final Pattern WHOLE =
      Pattern.compile("([^@]*)((?:@(?:id|serial|usb|port)=[^@]+)*)");
  private static final Pattern PART = Pattern.compile("@(\\w+)=([^@]+)");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");

  /**
   * @throws IllegalArgumentException it is none; the message says how one is written
   */
  public static MidiAddress parse(String text) {
    Matcher whole = WHOLE.matcher(text.strip());
    String id = "";
    String serial = "";
    String place = "";
    int number = 0;
    if (!whole.matches() || text.isBlank()) {
      throw new IllegalArgumentException(RIGHT);
    }
    Matcher part = PART.matcher(whole.group(2));
    while (part.find()) {
      String value = part.group(2).strip();
      switch (part.group(1)) {
        case "id" -> id = value;
        case "serial" -> serial = value;
        case "usb" -> place = value;
        default -> number = number(value);
      }
    }
    return new MidiAddress(whole.group(1).strip(), id, serial, place, number);
  }

  private static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("@port=1 or higher");
    }
    return Integer.parseInt(text);
  }

  /**
   * The one port that it names.
   *
   * @throws UnclearPort none fits, or more than one; the message says which there are and what
   *     tells them apart
   */
  public MidiPort choose(List<MidiPort> all) throws UnclearPort {
    List<MidiPort> fit = fitting(all);
    if (fit.size() == 1) {
      return fit.get(0);
    }
    throw fit.isEmpty()
        ? new UnclearPort(absent(all), false)
        : new UnclearPort("names " + fit.size() + " MIDI ports: " + told(fit, all), true);
  }

  boolean isOnly(MidiPort port, List<MidiPort> all) {
    List<MidiPort> fit = fitting(all);
    return fit.size() == 1 && fit.get(0) == port;
  }

  private List<MidiPort> fitting(List<MidiPort> all) {
    List<MidiPort> fit = all.stream().filter(this::isDevice).toList();
    List<MidiPort> named = fit.stream().filter(port -> port.isNamed(name)).toList();
    return named.isEmpty() ? fit.stream().filter(port -> port.hasInName(name)).toList() : named;
  }

  private boolean isDevice(MidiPort port) {
    UsbDevice usb = port.usb();
    boolean any = id.isEmpty() && serial.isEmpty() && place.isEmpty();
    boolean fits =
        usb != null
            && (id.isEmpty() || id.equalsIgnoreCase(usb.id()))
            && (serial.isEmpty() || serial.equals(usb.serial()))
            && (place.isEmpty() || place.equals(usb.place()));
    return (any || fits) && (number == 0 || number == port.number());
  }

  private String absent(List<MidiPort> all) {
    List<MidiPort> there =
        all.stream()
            .filter(p -> p.usb() != null && !place.isEmpty() && place.equals(p.usb().place()))
            .toList();
    String names = String.join(", ", all.stream().map(MidiPort::ownName).distinct().toList());
    return "is no MIDI port of this machine; "
        + (there.isEmpty()
            ? "there are: " + (names.isEmpty() ? "none" : names)
            : "at usb " + place + " is " + there.get(0).shown());
  }

  private static String told(List<MidiPort> fit, List<MidiPort> all) {
    List<String> lines = new ArrayList<>();
    for (MidiPort port : fit) {
      List<String> addresses = port.addresses(all);
      lines.add(
          addresses.isEmpty()
              ? port.shown() + ", which nothing tells from another"
              : "midi:" + addresses.get(0) + " is " + port.shown());
    }
    return String.join("; ", lines);
  }
}
