package org.latentspace.training.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds MIDI files byte by byte, right and wrong ones. */
final class Smf {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A header chunk of the right length. */
  static Smf header(int type, int tracks, int division) {
    return new Smf().text("MThd").uint32(6).uint16(type).uint16(tracks).uint16(division);
  }

  /** Type 0, one track of these events with an end behind it, 480 ticks. */
  static byte[] file(int... events) {
    return header(0, 1, 480).track(events).bytes();
  }

  /** A track of the right length; its end is added. */
  Smf track(int... events) {
    text("MTrk").uint32(events.length + 4L);
    return raw(events).raw(0, 0xFF, 0x2F, 0);
  }

  /** A track chunk that claims any length. */
  Smf claiming(long length, int... events) {
    return text("MTrk").uint32(length).raw(events);
  }

  Smf text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Smf raw(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  Smf uint16(int value) {
    return raw(value >> 8, value);
  }

  Smf uint32(long value) {
    return uint16((int) (value >> 16)).uint16((int) value);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
