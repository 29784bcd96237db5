package org.latentspace.explorer.place;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.landmark.Neighbourhood.Landmark;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Drift;
import org.latentspace.explorer.motion.Movement.Bounds;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/** Where the point is, frame by frame, when something leads it. */
class PointPathTest {
  private static final long FRAME = 11_609_977;

  /** Outputs are the vector's first entries, so that a test plays the point where it wants it. */
  private static MappingNetwork open(int outputs) {
    double[][] weights = new double[10][outputs];
    for (int i = 0; i < outputs; i++) {
      weights[i][i] = 1;
    }
    return new MappingNetwork(
        List.of(new MappingLayer(ActivationFunction.IDENTITY, weights, new double[outputs])));
  }

  private static Performer performer(int outputs) {
    return new Performer(
        "a",
        new PerformerSettings.Defaults(Place.Mode.PREDICT, Setting.Sending.AUTO, 2, open(outputs)));
  }

  private static float[] at(double x, double y) {
    float[] vector = new float[10];
    vector[0] = (float) x;
    vector[1] = (float) y;
    return vector;
  }

  private static PerformerSettings motion(Motion motion, Bounds bounds, Float speed) {
    return PerformerSettings.of(Setting.MOTION, motion)
        .with(Setting.BOUNDS, bounds)
        .with(Setting.MAX_SPEED, speed);
  }

  private static Place hand(double x, double y) {
    return new Place(new float[] {(float) x, (float) y}, 0.5f, 200, Place.Mode.SELECT);
  }

  private static double distance(Place one, Place other) {
    return Math.hypot(one.x() - other.x(), one.y() - other.y());
  }

  @ParameterizedTest
  @CsvSource({"86.13, PREDICT", "20, PREDICT", "86.13, SELECT", "43, SELECT"})
  void aHeldActionMovesThePointFromWhereItIs(double rate, Place.Mode mode) {
    Performer performer = performer(2);
    long step = Math.round(1e9 / rate);
    performer.hear(Frames.at(step, false, at(0.2, 0.9)));
    performer.change(PerformerSettings.of(Setting.MODE, mode));
    if (mode == Place.Mode.SELECT) {
      performer.put(hand(0.2, 0.9));
    }
    performer.change(motion(Motion.MOVEMENT, Bounds.CLAMP, 0.4f));
    assertEquals(0.2f, performer.newest().x());
    assertEquals(0.5f, performer.hand().x(), "as a velocity the hand rests");
    performer.put(hand(0.75, 0.5));
    performer.hear(Frames.at(2 * step, false, at(0.75, 0.5)));
    float before = performer.newest().x();
    int frames = (int) Math.round(1.5 * rate);
    for (int i = 1; i <= frames; i++) {
      performer.hear(Frames.at((2 + i) * step, false, at(0.75, 0.5)));
    }
    double way = 0.2 * frames * step / 1e9;
    assertEquals(way, performer.newest().x() - before, 0.02 * way);
    assertEquals(0.9f, performer.newest().y(), 1e-6f);
    Place there = performer.newest();
    performer.change(motion(Motion.POSITION, null, null));
    assertEquals(0, distance(there, performer.newest()), 1e-6);
    assertEquals(there.x(), performer.hand().x());
    Place next = performer.hear(Frames.at((3 + frames) * step, false, at(0.1, 0.1)));
    assertTrue(distance(there, next) < 1.2 * step / 5e8, "no jump");
  }

  @Test
  void autonomyZeroIsBitForBitWhatItIsWithout() {
    for (Motion motion : Motion.values()) {
      Performer without = performer(2);
      Performer zero = performer(2);
      without.change(motion(motion, Bounds.REFLECT, 0.7f));
      zero.change(motion(motion, Bounds.REFLECT, 0.7f));
      zero.change(PerformerSettings.of(Setting.AUTONOMY, 0.8f));
      zero.change(PerformerSettings.of(Setting.AUTONOMY, 0f));
      zero.landmarks(landmarks(40));
      SplittableRandom chance = new SplittableRandom(1);
      boolean silent = false;
      for (int i = 1; i < 100_000; i++) {
        silent = chance.nextInt(300) == 0 ? !silent : silent;
        float[] vector = at(chance.nextDouble(), chance.nextDouble());
        Place expected = without.hear(Frames.at(i * FRAME, silent, vector));
        Place actual = zero.hear(Frames.at(i * FRAME, silent, vector));
        for (int e = 0; e < 2; e++) {
          assertEquals(
              Float.floatToRawIntBits(expected.position()[e]),
              Float.floatToRawIntBits(actual.position()[e]));
        }
      }
    }
  }

  private static List<Landmark> landmarks(int count) {
    List<Landmark> landmarks = new ArrayList<>();
    SplittableRandom chance = new SplittableRandom(4);
    for (int i = 0; i < count; i++) {
      float[] place = {0.8f + 0.05f * (float) chance.nextDouble(), 0.2f};
      float[] input = at(chance.nextDouble(), chance.nextDouble());
      landmarks.add(
          new Landmark(
              input, org.latentspace.explorer.feature.Frame.FEATURE_NAMES, Motion.POSITION, place));
    }
    return landmarks;
  }

  @ParameterizedTest
  @CsvSource({"1", "0.3"})
  void nobodyPlayingItDriftsToWhatWasTaughtSmoothlyAndComesBackWithoutAJump(float dial) {
    List<Place> first = drifting(dial);
    List<Place> second = drifting(dial);
    int frames = first.size();
    double most = dial * Drift.MOST_SPEED * FRAME / 1e9;
    double back = 1.5 * FRAME / (double) Drift.RETURN_NANOS;
    double nearest = 1;
    for (int i = 1; i < frames; i++) {
      double step = distance(first.get(i - 1), first.get(i));
      boolean drifts = i < frames - 90;
      assertTrue(step <= (drifts ? most * 1.001 : back) + 1e-6, i + ": " + step);
      assertArrayEquals(first.get(i).position(), second.get(i).position(), "the same again");
      nearest = Math.min(nearest, Math.hypot(first.get(i).x() - 0.825, first.get(i).y() - 0.2));
    }
    assertTrue(nearest < 0.1, "nearest to what was taught: " + nearest);
    assertEquals(0.3f, first.get(frames - 1).x(), "back at the playing");
  }

  private static List<Place> drifting(float dial) {
    Performer performer = performer(2);
    performer.landmarks(landmarks(40));
    performer.change(PerformerSettings.of(Setting.AUTONOMY, dial));
    List<Place> places = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 200; i++) {
      performer.hear(Frames.at(now += FRAME, false, at(0.3, 0.7)));
    }
    for (int i = 0; i < 5000; i++) {
      places.add(performer.hear(Frames.at(now += FRAME, true, at(0.3, 0.7))));
    }
    assertEquals(1, performer.doing().drift());
    for (int i = 0; i < 90; i++) {
      places.add(performer.hear(Frames.at(now += FRAME, false, at(0.3, 0.7))));
    }
    assertEquals(0, performer.doing().drift());
    return places;
  }

  @ParameterizedTest
  @EnumSource(Place.Mode.class)
  void aRecallNeverStepsFurtherThanTheMorphsSlopeAlsoWhenItInterruptsAnother(Place.Mode mode) {
    Performer performer = performer(2);
    performer.change(PerformerSettings.of(Setting.MODE, mode));
    performer.put(hand(0.1, 0.1));
    performer.hear(Frames.at(FRAME, false, at(0.1, 0.1)));
    PerformerSettings all = performer.choices().with(Setting.MODE, Place.Mode.SELECT);
    PerformerSettings far =
        all.with(Setting.HAND, hand(0.9, 0.6)).with(Setting.SENDING, Setting.Sending.MANUAL);
    PerformerSettings away = far.with(Setting.HAND, hand(0.2, 1)).with(Setting.MAX_SPEED, 5f);
    performer.recall("far", far, hand(0.9, 0.6), 2);
    assertEquals("far", performer.doing().preset());
    Place before = performer.newest();
    long now = FRAME;
    double slope = 0;
    float speed = performer.choices().get(Setting.MAX_SPEED);
    int frames = 0;
    for (int i = 0; i < 500; i++) {
      if (i == 90) {
        double morph = performer.doing().morph();
        assertEquals(90 * FRAME / 2e9, morph, 1e-6);
        assertEquals(0.1 + morph * 0.8, performer.hand().x(), 1e-5);
        performer.recall("away", away, hand(0.2, 1), 3);
        assertEquals(Setting.Sending.MANUAL, performer.sending());
      }
      Place next = performer.hear(Frames.at(now += FRAME, false, at(0.1, 0.1)));
      slope = (i < 90 ? Math.hypot(0.8, 0.5) / 2 : Math.hypot(1, 1) / 3) * FRAME / 1e9;
      assertTrue(distance(before, next) <= slope * 1.0001 + 1e-7, i + " stepped");
      assertTrue(Math.abs(next.rampMs() - before.rampMs()) <= 200 * FRAME / 1e9);
      assertTrue(
          Math.abs(performer.choices().get(Setting.MAX_SPEED) - speed) <= 4 * FRAME / 3e9 + 1e-6);
      speed = performer.choices().get(Setting.MAX_SPEED);
      before = next;
      frames++;
    }
    assertEquals(500, frames);
    assertEquals(0, distance(hand(0.2, 1), before), 0);
    assertEquals(5, speed);
    assertEquals("", performer.doing().preset());
  }

  @Test
  void aRecallIntoMovementGoesOnFromThePresetsPoint() {
    Performer performer = performer(2);
    performer.hear(Frames.at(FRAME, false, at(0.1, 0.1)));
    PerformerSettings moving = performer.choices().with(motion(Motion.MOVEMENT, Bounds.CLAMP, 1f));
    performer.recall("moving", moving, hand(0.7, 0.3), 1);
    Place before = performer.newest();
    long now = FRAME;
    for (int i = 0; i < 100; i++) {
      Place next = performer.hear(Frames.at(now += FRAME, false, at(0.5, 0.5)));
      assertTrue(distance(before, next) <= Math.hypot(0.6, 0.2) * FRAME / 1e9 + 1e-6);
      before = next;
    }
    assertEquals(0.7f, before.x(), 1e-6f);
    assertEquals(0.3f, before.y(), 1e-6f);
  }

  @Test
  void aTrajectoryIsReplayedAsItWasRecordedAndAHandEndsIt() {
    Performer performer = performer(2);
    performer.record("way");
    long now = 0;
    for (int i = 0; i <= 100; i++) {
      performer.hear(Frames.at(now += FRAME, false, at(i / 100.0, 1 - i / 100.0)));
    }
    assertEquals("way", performer.doing().records());
    Trajectory way = performer.stopRecording();
    assertEquals(101, way.points());
    assertEquals(100 * FRAME / 1e9, way.seconds(), 1e-9);
    performer.change(PerformerSettings.of(Setting.MODE, Place.Mode.SELECT));
    performer.put(hand(0.5, 0.5));
    performer.replay(way, true, 2);
    for (int i = 1; i <= 475; i++) {
      Place place = performer.hear(Frames.at(now += FRAME, false, at(0, 0)));
      // Twice as fast, and round and round.
      double part = 2 * i % 100 / 100.0;
      assertEquals(part, place.x(), 1e-6, "frame " + i);
      assertEquals(1 - part, place.y(), 1e-6, "frame " + i);
    }
    assertEquals("way", performer.doing().replays());
    performer.put(hand(0.25, 0.25));
    assertEquals("", performer.doing().replays());
    assertEquals(0.25f, performer.newest().x());
    performer.replay(way, false, 0.5);
    for (int i = 0; i <= 200; i++) {
      performer.hear(Frames.at(now += FRAME, false, at(0, 0)));
    }
    assertEquals("", performer.doing().replays());
    assertEquals(1, performer.newest().x(), "and stays where it was led to");
    assertEquals(1, performer.hand().x());
  }

  @Test
  void furtherOutputsComeFromTheMappingOrFromTheHand() {
    Performer performer = performer(6);
    Route light = new Route("light", "midi-cc:1:20", 0, 127);
    Route wet = new Route("wet", "osc:/wet", 3, -1);
    List<Route> routes = List.of(light, wet, new Route("later", "", 0, 1));
    performer.change(PerformerSettings.of(Setting.ROUTES, routes));
    float[] held = {0.9f, 0.9f, 0.75f};
    performer.put(hand(0.5, 0.5).with(new Place.ExtraOutputs(routes, held)));
    Place place =
        performer.hear(Frames.at(FRAME, false, .1f, .2f, .3f, .4f, .5f, .25f, 0, 0, 0, 0));
    assertArrayEquals(new float[] {0.5f, 0.25f, 0.75f}, place.further().values());
    assertEquals(63.5f, light.value(0.5f));
    assertEquals(2, wet.value(0.25f));
    performer.change(PerformerSettings.of(Setting.MODE, Place.Mode.SELECT));
    assertArrayEquals(held, performer.newest().further().values());
    performer.put(hand(0.1, 0.1));
    assertArrayEquals(held, performer.newest().further().values());
    assertEquals(
        List.of("x", "y", "noise", "z-ramp", "light", "wet"), performer.sensitivity().outputs());
    assertEquals(1, performer.sensitivity().slope()[4 * 10 + 4]);
  }

  @Test
  void whatIsNotUsedChangesNothing() {
    Performer performer = performer(2);
    performer.change(PerformerSettings.of(Setting.MODE, Place.Mode.SELECT));
    performer.put(hand(0.3, 0.4));
    assertSame(performer.hand(), performer.hear(Frames.at(FRAME, true, at(1, 1))));
  }
}
