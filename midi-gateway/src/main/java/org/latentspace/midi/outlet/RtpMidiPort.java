package org.latentspace.midi.outlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.midi.robot.Robot;
import org.latentspace.rtpmidi.RtpMidiSession;

/**
 * A port to a robot or a program in the network (RTP-MIDI): invites it, and again whenever it has
 * gone. Strokes without a peer are dropped and counted.
 */
final class RtpMidiPort implements Port {
  private static final String NAME = "Latent Space Explorer";

  private final RtpMidiSession session;
  private final DevicePort device;
  private final LongAdder unheard = new LongAdder();

  /**
   * @param peer host, which need not be resolved, and control port
   * @throws IOException this machine has no two UDP ports free
   */
  RtpMidiPort(String address, InetSocketAddress peer, DevicePort.PortSettings settings)
      throws IOException {
    session = RtpMidiSession.invite(NAME, peer, (message, dueNanos) -> {});
    device = new DevicePort(address, SessionInstrument::new, settings);
  }

  private boolean isConnected() {
    return session.status().equals("ok");
  }

  @Override
  public String address() {
    return device.address();
  }

  @Override
  public long strokes() {
    return device.strokes();
  }

  @Override
  public long dropped() {
    return device.dropped() + unheard.sum();
  }

  @Override
  public String status() {
    return isConnected() ? device.status() : "absent: " + session.status();
  }

  @Override
  public void tend() {
    device.tend();
  }

  /** What sends to the network. */
  DevicePort device() {
    return device;
  }

  @Override
  public void begin(boolean offline) {
    device.begin(offline);
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    if (isConnected()) {
      device.strike(dueNanos, grain, noteOn, robot);
    } else {
      unheard.increment();
    }
  }

  @Override
  public void control(long grain, int message) {
    device.control(grain, message);
  }

  @Override
  public void clock(long dueNanos, long ports, int message) {
    device.clock(dueNanos, ports, message);
  }

  @Override
  public void expect(long dueNanos) {
    device.expect(dueNanos);
  }

  @Override
  public void quiet() {
    device.quiet();
  }

  /** Sends all notes off, then the end of the session. */
  @Override
  public void close() {
    device.close();
    session.close();
  }

  /** The session outlives the peer's absence, so it is always there. */
  private final class SessionInstrument implements Instrument {
    @Override
    public void send(int message) {
      session.send(message, System.nanoTime());
    }

    @Override
    public boolean isPresent() {
      return true;
    }

    @Override
    public void close() {}
  }
}
