package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.hit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.performer.Origin;

/** Who leads, and when it is over. */
class PerformersTest {
  private static final long SECOND = 1_000_000_000L;

  private static final EnsembleSetup LATEST = Ensembles.generalMidi(TakeOver.BAR, 0);

  private final Performers performers = new Performers();
  private final CurrentLeader leading = new CurrentLeader();
  private final List<String> finished = new ArrayList<>();
  private final EchoListener listener = (o, end) -> finished.add(o.performer());

  private static Rhythm rhythm(String who, int content, boolean last) {
    Origin origin = new Origin(who, 1, 0, 0, false, last);
    return Rhythms.rhythm(origin, FOUR_FOUR, List.of(hit(content, 0, 0)));
  }

  private boolean plays(String who, int content, double seconds) {
    long now = (long) (seconds * SECOND);
    performers.receive(rhythm(who, content, false), listener, now, 0);
    return leads(who, now);
  }

  private boolean leads(String who, long now) {
    return performers.follow(leading, LATEST, who, now) != null;
  }

  @Test
  void whoBecomesActiveLastLeadsAndLeadsOnWhileBothPlay() {
    assertTrue(plays("a", 1, 0));
    assertTrue(plays("a", 2, 1));
    assertTrue(plays("b", 1, 1.1), "b has come");
    assertFalse(plays("a", 3, 1.2), "a plays on, b leads");
    assertTrue(plays("b", 1, 1.3));
    assertFalse(plays("a", 4, 2));
    assertTrue(plays("a", 5, 4), "b has rested for two seconds");
    assertFalse(plays("b", 1, 4.1));
    assertTrue(plays("b", 2, 4.2), "b begins again after a rest");
  }

  private static EnsembleSetup led(Lead lead, String leader, String... performers) {
    return new EnsembleSetup(
        "e", List.of(performers), lead, leader, 1, LATEST.style(), LATEST.robots());
  }

  @Test
  void anEnsembleFollowsOnePerformerOrTheMeanOfItsOwnAndNobodyElse() {
    EnsembleSetup one = led(Lead.ONE, "b");
    EnsembleSetup mean = led(Lead.MEAN, "", "a", "b");
    assertFalse(one.takes("a"), "the screen of who cannot lead it shows another");
    CurrentLeader meanLeading = new CurrentLeader();
    assertTrue(plays("a", 1, 0));
    assertNull(performers.follow(new CurrentLeader(), one, "a", 0));
    assertEquals(1, performers.follow(meanLeading, mean, "a", 0).strokes().count());
    plays("b", 2, 0);
    assertEquals(2, performers.follow(new CurrentLeader(), one, "b", 0).strokes().step()[0]);
    assertEquals(2, performers.follow(meanLeading, mean, "b", 0).strokes().count());
    plays("c", 3, 0);
    assertNull(performers.follow(meanLeading, mean, "c", 0), "c is not of this ensemble");
    assertEquals("b", meanLeading.leader());
  }

  @Test
  void twoEnsemblesHaveLeadersOfTheirOwn() {
    EnsembleSetup first = led(Lead.LATEST, "", "a");
    EnsembleSetup second = led(Lead.LATEST, "", "b");
    CurrentLeader ours = new CurrentLeader();
    CurrentLeader other = new CurrentLeader();
    plays("a", 1, 0);
    assertNotNull(performers.follow(ours, first, "a", 0));
    plays("b", 1, 0);
    assertNull(performers.follow(ours, first, "b", 0));
    assertNotNull(performers.follow(other, second, "b", 0));
    assertEquals("a", ours.leader());
    assertEquals("b", other.leader());
    performers.gone(listener);
    assertEquals("", other.leader());
  }

  @Test
  void isOverWhenTheSoundOfAllHasEndedAndTellsEverybody() {
    plays("a", 1, 0);
    plays("b", 1, 0);
    performers.receive(rhythm("a", 1, true), listener, SECOND, SECOND);
    assertFalse(performers.allEnded());
    performers.receive(rhythm("b", 1, true), listener, SECOND, SECOND);
    assertTrue(performers.allEnded());
    performers.finish();
    assertEquals(List.of("a", "b"), finished);
    assertEquals(0, performers.count());
  }

  @Test
  void whoIsGoneIsNotWaitedFor() {
    plays("a", 1, 0);
    EchoListener other = (o, end) -> {};
    performers.receive(rhythm("b", 1, false), other, 0, 0);
    performers.receive(rhythm("a", 1, true), listener, SECOND, SECOND);
    performers.gone(other);
    assertTrue(performers.allEnded());
  }

  @Test
  void thereIsABoundOnPerformers() {
    for (int i = 0; i < 256; i++) {
      plays("p" + i, 1, 0);
    }
    assertThrows(IllegalArgumentException.class, () -> plays("one-more", 1, 0));
    assertTrue(performers.status(0).contains("one-more"));
    Rhythm rhythm = rhythm("one-more", 1, false);
    performers.receive(rhythm, listener, 10 * SECOND, 10 * SECOND);
    assertTrue(leads("one-more", 10 * SECOND), "one has been silent");
    assertEquals(256, performers.count());
  }

  @Test
  void whoIsSilentForTenSecondsHindersNobodyFromPlayingInAnotherTime() {
    plays("crashed", 1, 0);
    Origin offline = new Origin("offline", 1, 0, 0, true, false);
    Rhythm rhythm = Rhythms.rhythm(offline, FOUR_FOUR, List.of(hit(1, 0, 0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> performers.receive(rhythm, listener, 0, 10 * SECOND - 1));
    performers.receive(rhythm, listener, 0, 10 * SECOND);
    assertEquals(2, performers.count());
  }
}
