package org.latentspace.midi.outlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.midi.robot.Robot;
import org.latentspace.rtpmidi.RtpMidiSession;

/**
 * A port to a robot or a program in the network (RTP-MIDI): invites it, and again whenever it has
 * gone, or takes those that invite. Strokes without a peer are dropped and counted.
 */
final class RtpMidiPort implements Port {
  private static final String NAME = "Latent Space Explorer";

  private final RtpMidiSession session;
  private final DevicePort device;
  private final long leadNanos;
  private final LongAdder unheard = new LongAdder();

  /**
   * @param host which need not be resolved; empty: who invites is taken
   * @param port the peer's control port, or this machine's
   * @param leadNanos the peer is told to strike so much later than a message leaves, so that the
   *     network's jitter is not heard
   * @throws IOException this machine has no two UDP ports free, or the port is taken
   */
  RtpMidiPort(
      String address, String host, int port, long leadNanos, DevicePort.PortSettings settings)
      throws IOException {
    session =
        host.isEmpty()
            ? RtpMidiSession.listen(NAME, new InetSocketAddress(port), (message, due) -> {})
            : RtpMidiSession.invite(
                NAME, InetSocketAddress.createUnresolved(host, port), (message, due) -> {});
    this.leadNanos = leadNanos;
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
  public DinCable cable() {
    return device.cable();
  }

  @Override
  public long leadNanos() {
    return leadNanos;
  }

  @Override
  public long hung() {
    return device.hung();
  }

  @Override
  public void own(int[] noteOffs) {
    device.own(noteOffs);
  }

  /** Short: strokes wait until a peer that has come is silenced. */
  @Override
  public long tendMillis() {
    return 100;
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

  /** The peers of the moment; when one comes or goes, this is gone. */
  private final class SessionInstrument implements Instrument {
    private final long changes = session.changes();

    SessionInstrument() throws IOException {
      if (!isConnected()) {
        throw new IOException(session.status());
      }
    }

    @Override
    public void send(int message, long dueNanos) {
      session.send(message, dueNanos + leadNanos);
    }

    @Override
    public boolean isPresent() {
      return session.changes() == changes;
    }

    @Override
    public void close() {}
  }
}
