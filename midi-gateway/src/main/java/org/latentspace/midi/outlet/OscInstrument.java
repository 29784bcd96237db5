package org.latentspace.midi.outlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;

/**
 * A robot that takes OSC: a stroke is a message of its note (i, 0..127) and velocity (f, above 0 to
 * 1), the end of a note, where it is wanted, the same with velocity 0. Control changes are not for
 * it.
 */
final class OscInstrument implements Instrument {
  private static final int NOTE_ON = 0x9;
  private static final int NOTE_OFF = 0x8;
  private static final float LOUDEST = 127;

  private final OscSender sender;
  private final String address;
  private final boolean ends;

  /**
   * Finds the host, which may take its time.
   *
   * @param address of OSC, such as "/drum"
   * @param ends whether the ends of notes are sent
   * @throws IOException there is no such host, or no socket
   */
  OscInstrument(String host, int port, String address, boolean ends) throws IOException {
    sender = OscSender.open(new InetSocketAddress(InetAddress.getByName(host), port));
    this.address = address;
    this.ends = ends;
  }

  @Override
  public void send(int message, long dueNanos) throws IOException {
    int kind = message >> 20;
    if (kind == NOTE_ON || (ends && kind == NOTE_OFF)) {
      float velocity = kind == NOTE_ON ? (message & 0x7f) / LOUDEST : 0;
      Integer note = message >> 8 & 0x7f;
      if (!sender.send(new OscMessage(address, List.of(note, velocity)))) {
        throw new IOException(sender.status());
      }
    }
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public void close() {
    sender.close();
  }
}
