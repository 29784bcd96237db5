package org.latentspace.midi.inlet;

import io.grpc.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.outlet.ClockSources;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.ClockSource.State;
import org.latentspace.midi.time.Performance;
import org.latentspace.proto.ClockSource;
import org.latentspace.proto.ClockStatus;
import org.latentspace.proto.Transport;

/** Reads and writes the clock's part of the transport. */
@Singleton
final class ClockWire {
  private static final double LONGEST_RAMP = 3600;

  private final MidiFlow flow;
  private final ClockControl clock;
  private final ClockSources sources;

  @Inject
  ClockWire(MidiFlow flow, Performance performance, ClockSources sources) {
    this.flow = flow;
    clock = performance.clock();
    this.sources = sources;
  }

  /** Throws IllegalArgumentException with a value that is out of its range. */
  void check(Transport wanted) {
    rampNanos(wanted);
    kind(wanted.getTempoSource(), Kind.INTERNAL);
    kind(wanted.getTransportSource(), Kind.INTERNAL);
    if (wanted.hasBpm()) {
      new org.latentspace.midi.time.Transport(wanted.getBpm(), true);
    }
  }

  /**
   * What is set changes, sources first.
   *
   * @throws IllegalArgumentException with the value and its range
   * @throws IllegalStateException it cannot be done with the clock that is followed
   */
  void change(Transport wanted) {
    long ramp = rampNanos(wanted);
    if (wanted.hasLinkOffsetMs()) {
      sources.linkOffset(wanted.getLinkOffsetMs());
    }
    ClockControl.Reading now = clock.read();
    Kind tempo = kind(wanted.getTempoSource(), now.tempo());
    Kind transport = kind(wanted.getTransportSource(), now.transport());
    if ((tempo != now.tempo() || transport != now.transport()) && !flow.follow(tempo, transport)) {
      throw Status.UNAVAILABLE
          .withDescription("the timing thread has too much to do; try again")
          .asRuntimeException();
    }
    if (wanted.hasBpm()) {
      clock.tempo(wanted.getBpm(), ramp);
    }
    if (wanted.hasPlaying()) {
      clock.play(wanted.getPlaying());
    }
  }

  private long rampNanos(Transport wanted) {
    double seconds = within("ramp_seconds", wanted.getRampSeconds());
    double beats = within("ramp_beats", wanted.getRampBeats());
    if (seconds > 0 && beats > 0) {
      throw new IllegalArgumentException("ramp_seconds and ramp_beats are both set, expected one");
    }
    double mean = (clock.transport().bpm() + wanted.getBpm()) / 2;
    return Math.round((seconds + beats * 60 / mean) * 1e9);
  }

  private static double within(String what, double value) {
    if (!(value >= 0 && value <= LONGEST_RAMP)) {
      throw new IllegalArgumentException(what + " is " + value + ", expected 0..3600");
    }
    return value;
  }

  private static Kind kind(ClockSource wanted, Kind now) {
    return switch (wanted) {
      case CLOCK_SOURCE_INTERNAL -> Kind.INTERNAL;
      case CLOCK_SOURCE_MIDI -> Kind.MIDI;
      case CLOCK_SOURCE_LINK -> Kind.LINK;
      case CLOCK_SOURCE_UNSPECIFIED -> now;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException("a clock source must be internal, midi or link");
    };
  }

  private static ClockSource wire(Kind kind) {
    return switch (kind) {
      case INTERNAL -> ClockSource.CLOCK_SOURCE_INTERNAL;
      case MIDI -> ClockSource.CLOCK_SOURCE_MIDI;
      case LINK -> ClockSource.CLOCK_SOURCE_LINK;
    };
  }

  /** The clock that is followed and how, for a screen; empty: none is. */
  static String words(ClockControl.Reading clock) {
    String state = clock.state() == State.FOLLOWING ? "" : clock.state().name();
    return switch (clock.tempo()) {
      case INTERNAL -> "";
      case MIDI -> ("by MIDI clock " + state.toLowerCase(Locale.ROOT)).strip();
      case LINK -> "by Link, " + clock.peers() + (clock.peers() == 1 ? " peer" : " peers");
    };
  }

  /** The clock's part, as it is now. */
  Transport transport() {
    org.latentspace.midi.time.Transport now = clock.transport();
    ClockControl.Reading reading = clock.read();
    boolean internal = reading.tempo() == Kind.INTERNAL;
    return Transport.newBuilder()
        .setBpm(now.bpm())
        .setPlaying(now.playing())
        .setTempoSource(wire(reading.tempo()))
        .setTransportSource(wire(reading.transport()))
        .setLinkOffsetMs(sources.linkOffset())
        .setClock(
            ClockStatus.newBuilder()
                .setState(internal ? "internal" : reading.state().name().toLowerCase(Locale.ROOT))
                .setPhaseErrorMs(reading.phaseErrorMs())
                .setDriftMs(reading.driftMs())
                .setPeers(reading.peers())
                .setStatus(sources.status()))
        .build();
  }
}
