package org.latentspace.link;

/**
 * A session as it stands: who is there, which beat is when, and whether it plays. Host times are
 * microseconds of {@link LinkSession#hostMicros}. Immutable.
 *
 * @param session which session; another one = the beats have jumped
 * @param peers others in the session
 * @param microsPerBeat tempo in microseconds a beat
 * @param originBeat the beat at the origin
 * @param originMicros host time of the origin, own offset included
 * @param playing whether it plays from the transport beat on
 * @param transportBeat where it starts or stops, or did so
 * @param playedBefore whether it played until the transport beat
 */
public record LinkState(
    long session,
    int peers,
    long microsPerBeat,
    double originBeat,
    double originMicros,
    boolean playing,
    double transportBeat,
    boolean playedBefore) {

  /** 20..999. */
  public double bpm() {
    return 60e6 / microsPerBeat;
  }

  /** The session's beat at a host time. */
  public double beatAt(double hostMicros) {
    return originBeat + (hostMicros - originMicros) / microsPerBeat;
  }

  /** The host time of a beat, at the present tempo. */
  public double timeAtBeat(double beat) {
    return originMicros + (beat - originBeat) * microsPerBeat;
  }

  /** 0 ≤ phase < quantum beats: peers with the same quantum have the same at the same time. */
  public double phaseAt(double hostMicros, double quantum) {
    double beat = beatAt(hostMicros);
    double phase = beat - Math.floor(beat / quantum) * quantum;
    return phase < quantum ? Math.max(0, phase) : 0;
  }

  /** Whether it plays at a host time: a start that waits for its beat does not play yet. */
  public boolean isPlayingAt(double hostMicros) {
    return hostMicros >= timeAtBeat(transportBeat) ? playing : playedBefore;
  }
}
