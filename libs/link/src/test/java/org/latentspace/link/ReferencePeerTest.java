package org.latentspace.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.latentspace.link.ReferencePeer.Answer;

/** Our peer with Ableton's own implementation, through real sockets. */
@ExtendWith(InNamespace.class)
@Timeout(240)
class ReferencePeerTest {
  private static final int QUANTUM = 4;

  @BeforeAll
  static void build() throws Exception {
    InNamespace.namespace();
    ReferencePeer.build();
  }

  private static LinkSession join(double bpm) {
    return LinkSession.join(LinkSettings.at(bpm), state -> {});
  }

  private static void awaitJoined(LinkSession ours, ReferencePeer reference) throws Exception {
    Until.holds(
        "both are in one session",
        () -> ours.state().peers() == 1 && reference.ask("state").peers() == 1);
    Until.holds(
        "both have one tempo",
        () -> Math.abs(ours.state().bpm() - reference.ask("state").bpm()) < 0.01);
  }

  /** Over a hundred readings, so that those between which a thread was halted do not count. */
  private static void assertInPhase(String when, LinkSession ours, ReferencePeer reference)
      throws Exception {
    double[] apart = new double[100];
    for (int i = 0; i < apart.length; i++) {
      Answer its = reference.ask("state");
      LinkState state = ours.state();
      double beats = state.phaseAt(its.hostMicros(), QUANTUM) - its.phase();
      beats -= Math.rint(beats / QUANTUM) * QUANTUM;
      apart[i] = Math.abs(beats) * state.microsPerBeat();
    }
    Arrays.sort(apart);
    System.out.printf("%s: apart by %.0f us (median), %.0f us (p95)%n", when, apart[50], apart[95]);
    assertTrue(apart[95] < 1000, when + ": " + apart[95] + " us apart");
  }

  @Test
  void oursJoinsAnOlderSessionOfTheReference() throws Exception {
    try (ReferencePeer reference = new ReferencePeer(97)) {
      Until.holds("its session is a second old", age(1));
      try (LinkSession ours = join(120)) {
        awaitJoined(ours, reference);
        assertEquals(97, ours.state().bpm(), 0.01);
        assertInPhase("joined the reference", ours, reference);
        changeTempoAndTransport(ours, reference);
      }
      Until.holds("it is alone again", () -> reference.ask("state").peers() == 0);
    }
  }

  @Test
  void theReferenceJoinsAnOlderSessionOfOurs() throws Exception {
    try (LinkSession ours = join(131)) {
      Until.holds("our session is a second old", age(1));
      try (ReferencePeer reference = new ReferencePeer(80)) {
        awaitJoined(ours, reference);
        assertEquals(131, reference.ask("state").bpm(), 0.01);
        assertInPhase("the reference joined", ours, reference);
        changeTempoAndTransport(ours, reference);
      }
      Until.holds("we are alone again", () -> ours.state().peers() == 0);
    }
  }

  private static Until.Condition age(double seconds) {
    long begun = System.nanoTime();
    return () -> System.nanoTime() - begun > seconds * 1e9;
  }

  private static void changeTempoAndTransport(LinkSession ours, ReferencePeer reference)
      throws Exception {
    ours.setTempo(60);
    Until.holds("60 bpm there", () -> Math.abs(reference.ask("state").bpm() - 60) < 0.01);
    ours.setTempo(50);
    double there =
        Until.holds("50 bpm there", () -> Math.abs(reference.ask("state").bpm() - 50) < 0.01);
    assertInPhase("tempo changed by us", ours, reference);
    reference.ask("tempo 75");
    double here = Until.holds("75 bpm here", () -> Math.abs(ours.state().bpm() - 75) < 0.01);
    assertInPhase("tempo changed by the reference", ours, reference);
    System.out.printf("a tempo took %.0f ms to the reference, %.0f ms to us%n", there, here);
    assertTrue(there < 1200, "a beat at 50 bpm");
    assertTrue(here < 1200, "a beat at 50 bpm");

    reference.ask("play");
    Until.holds("a start here", () -> ours.state().isPlayingAt(LinkSession.hostMicros()));
    reference.ask("halt");
    Until.holds("a stop here", () -> !ours.state().isPlayingAt(LinkSession.hostMicros()));
    ours.setPlaying(true, 0);
    Until.holds("a start there", () -> reference.ask("state").playing());
    ours.setPlaying(false, 0);
    Until.holds("a stop there", () -> !reference.ask("state").playing());
    ours.setPlaying(true, QUANTUM);
    Until.holds("a start there", () -> reference.ask("state").playing());
    double phase = reference.ask("state").transportPhase();
    assertEquals(0, phase - Math.rint(phase / QUANTUM) * QUANTUM, 0.001, "waits for the quantum");
    assertInPhase("at the end", ours, reference);
  }

  @Test
  void aPeerThatComesAndGoesAHundredTimesDoesNoHarm() throws Exception {
    try (ReferencePeer reference = new ReferencePeer(97)) {
      Until.holds("its session is a second old", age(1));
      try (LinkSession ours = join(120)) {
        awaitJoined(ours, reference);
        for (int i = 0; i < 100; i++) {
          LinkSettings brief = new LinkSettings(60 + i, true, 0, 1, any -> true);
          try (LinkSession guest = LinkSession.join(brief, state -> {})) {
            Until.holds("the guest is here", () -> guest.state().peers() > 0);
          }
        }
        awaitJoined(ours, reference);
        assertEquals(97, ours.state().bpm(), 0.01);
        assertInPhase("after a hundred guests", ours, reference);
      }
    }
  }
}
