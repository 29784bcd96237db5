package org.latentspace.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import org.latentspace.proto.ClockSource;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.TapRequest;
import org.latentspace.proto.Transport;

/** Clock sources, ramps and taps as an operator sees them; nothing is multicast. */
final class ClockCheck {
  private final MidiGatewayGrpc.MidiGatewayBlockingStub hands;

  ClockCheck(ManagedChannel channel) {
    hands = MidiGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private Transport now() {
    return hands.getTransport(GetTransportRequest.getDefaultInstance());
  }

  private Transport set(Transport.Builder wanted) {
    return hands.setTransport(wanted.build());
  }

  private Status refused(Transport.Builder wanted) {
    return assertThrows(StatusRuntimeException.class, () -> set(wanted)).getStatus();
  }

  void check() throws Exception {
    assertEquals(ClockSource.CLOCK_SOURCE_INTERNAL, now().getTempoSource());
    assertEquals("internal", now().getClock().getState());
    ramps();
    assertEquals(150, hands.tap(TapRequest.getDefaultInstance()).getBpm(), "one tap is no tempo");
    follow();
    assertEquals(
        ClockSource.CLOCK_SOURCE_INTERNAL,
        set(Transport.newBuilder().setTempoSource(ClockSource.CLOCK_SOURCE_INTERNAL))
            .getTempoSource());
  }

  private void ramps() {
    Transport ramp = set(Transport.newBuilder().setBpm(150).setRampSeconds(0.2));
    assertEquals(150, ramp.getBpm(), "where it is on its way to");
    Status both = refused(Transport.newBuilder().setBpm(100).setRampSeconds(1).setRampBeats(4));
    assertEquals(Status.Code.OUT_OF_RANGE, both.getCode());
    Status offset = refused(Transport.newBuilder().setLinkOffsetMs(1001));
    assertEquals("link_offset_ms is 1001.0, expected -1000..1000", offset.getDescription());
  }

  private void follow() throws Exception {
    Transport following = set(Transport.newBuilder().setTempoSource(ClockSource.CLOCK_SOURCE_MIDI));
    assertEquals(ClockSource.CLOCK_SOURCE_MIDI, following.getTempoSource());
    assertEquals(ClockSource.CLOCK_SOURCE_INTERNAL, following.getTransportSource());
    until("the input is open", 20, () -> now().getClock().getStatus().equals("midi: ok"));
    assertEquals("waiting", now().getClock().getState());
    assertEquals(
        Status.Code.FAILED_PRECONDITION, refused(Transport.newBuilder().setBpm(90)).getCode());
    MidiDevice cable = null;
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      cable = info.getName().equals("Clock cable") ? MidiSystem.getMidiDevice(info) : cable;
    }
    ShortMessage pulse = new ShortMessage(ShortMessage.TIMING_CLOCK);
    long begun = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      long due = begun + i * 25_000_000L;
      until("the next pulse is due", 20, () -> System.nanoTime() >= due);
      cable.getReceiver().send(pulse, -1);
    }
    assertEquals("following", now().getClock().getState());
    assertTrue(now().getBpm() > 60 && now().getBpm() < 130, "bpm " + now().getBpm());
    until("the clock is lost", 20, () -> now().getClock().getState().equals("lost"));
  }
}
