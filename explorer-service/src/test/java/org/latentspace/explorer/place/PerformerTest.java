package org.latentspace.explorer.place;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;

class PerformerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Defaults PLAYING = new Defaults(Mode.PREDICT, Sending.AUTO, 2, firstSteps());

  @Test
  void theSoundMovesThePointInModePredictOnly() {
    Performer performer = new Performer("a", PLAYING);
    Place low = performer.hear(Frames.frame("a", 1, Frames.SLOW_LOW));
    Place high = performer.hear(Frames.frame("a", 2, Frames.FAST_HIGH));
    assertTrue(high.x() - low.x() > 0.5);
    assertSame(high, performer.due());
    performer.change(PerformerSettings.of(Setting.MODE, Mode.SELECT));
    performer.put(new Place(new float[] {0.3f, 0.4f}, 1, 20, Mode.SELECT));
    assertEquals(0.3f, performer.hear(Frames.frame("a", 3, Frames.SLOW_LOW)).x());
    performer.change(PerformerSettings.of(Setting.MODE, Mode.PREDICT));
    assertEquals(low.x(), performer.hear(Frames.frame("a", 4, Frames.SLOW_LOW)).x());
    assertEquals(0, performer.missed());
  }

  @Test
  void manualSendingHoldsThePointUntilTheSoundEnds() {
    Performer performer = new Performer("a", PLAYING);
    performer.handedOn(performer.hear(Frames.frame("a", 1, Frames.SLOW_LOW)));
    Place sent = performer.newest();
    performer.change(PerformerSettings.of(Setting.SENDING, Sending.MANUAL));
    performer.hear(Frames.frame("a", 2, Frames.FAST_HIGH));
    assertNull(performer.due());
    performer.hear(Frames.frame(new Origin("a", 3, 0, 0, true, true)));
    assertSame(sent, performer.due());
    assertTrue(performer.ended());
  }

  @Test
  void framesLostOnTheWayAreCounted() {
    Performer performer = new Performer("a", PLAYING);
    performer.hear(Frames.frame("a", 10, Frames.SLOW_LOW));
    performer.hear(Frames.frame("a", 14, Frames.SLOW_LOW));
    performer.hear(Frames.frame("a", 1, Frames.SLOW_LOW));
    assertEquals(3, performer.missed());
  }

  @Test
  void aVectorWithOtherSensesFeedsAMappingOfTen() throws ModelFault {
    Performer performer = new Performer("a", PLAYING);
    Place ten = performer.hear(Frames.frame("a", 1, Frames.PLAYED));
    float[] twelve = java.util.Arrays.copyOf(Frames.PLAYED, 12);
    assertEquals(ten.x(), performer.hear(Frames.frame("a", 2, twelve)).x());
    performer.follow(firstSteps());
    performer.follow(inputs(12));
    assertThrows(ModelFault.class, () -> performer.follow(inputs(9)));
    assertThrows(ModelFault.class, () -> performer.follow(inputs(13)));
    assertEquals(12, performer.taught().network().inputs());
  }

  @Test
  void outputsAreXThenYThenNoiseThenRampThenTheRestOfThePosition() {
    Outputs outputs = new Outputs(4);
    float[] middle = {0.5f, 0.5f, 0.5f, 0.5f};
    Place hand = new Place(middle, 0.1f, 70, Mode.SELECT);
    Place all = outputs.place(new double[] {0.1, 0.2, 0.3, 0.5, 0.6, 0.7}, hand, hand);
    assertArrayEquals(new float[] {0.1f, 0.2f, 0.6f, 0.7f}, all.position());
    assertEquals(0.6f, all.noise());
    assertEquals(500, all.rampMs(), 1e-3);
    Place two = outputs.place(new double[] {1.5, -3}, hand, all);
    assertArrayEquals(new float[] {1, 0, 0.5f, 0.5f}, two.position());
    assertEquals(0.1f, two.noise());
    assertEquals(70, two.rampMs());
    Place nan = outputs.place(new double[] {Double.NaN, 0, Double.NaN, Double.NaN}, hand, all);
    assertEquals(0.1f, nan.x());
    assertEquals(0.6f, nan.noise());
    assertEquals(500, nan.rampMs(), 1e-3);
  }

  @Test
  void theMusicalHalfSecondHasHalfTheTravelOfTheRamp() {
    double[][] table = {{0, 0}, {0.25, 50}, {0.5, 500}, {1, 5000}, {-1, 0}, {2, 5000}};
    for (double[] row : table) {
      assertEquals(row[1], Place.rampMs(row[0]), 1e-3);
    }
    float before = -1;
    for (int i = 0; i <= 1000; i++) {
      float ramp = Place.rampMs(i / 1000.0);
      assertTrue(ramp > before);
      assertEquals(i / 1000.0, Place.rampTravel(ramp), 1e-6);
      before = ramp;
    }
  }

  @Test
  void performersAreBoundedAndAnEndedOneMakesRoom() {
    Performers performers = new Performers(2, PLAYING);
    Performer first = performers.heard("first", 0);
    performers.heard("second", 0);
    assertNull(performers.heard("third", 0));
    assertSame(first, performers.heard("first", 0));
    first.hear(Frames.frame(new Origin("first", 1, 0, 0, false, true)));
    assertNotNull(performers.heard("third", 0));
    assertNull(performers.present().find("first"));
    assertEquals(2, performers.present().all().size());
  }

  @Test
  void tenSecondsWithoutAFrameFreeThePlaceAndWhoComesBackGoesOnAsBefore() throws ModelFault {
    Performers performers = new Performers(2, PLAYING);
    Performer ann = performers.heard("ann", 0);
    ann.hear(Frames.frame("ann", 1, Frames.SLOW_LOW));
    ann.change(
        PerformerSettings.of(Setting.MODE, Mode.SELECT).with(Setting.SENDING, Sending.MANUAL));
    ann.put(new Place(new float[] {0.3f, 0.4f}, 1, 20, Mode.SELECT));
    ann.follow(corner());
    MappingNetwork mapping = ann.taught().network();
    performers.heard("ben", SECOND).hear(Frames.frame("ben", 1, Frames.SLOW_LOW));
    assertNull(performers.heard("cleo", 10 * SECOND - 1));
    assertTrue(performers.status(10 * SECOND).contains("cleo"));
    assertNotNull(performers.heard("cleo", 10 * SECOND));
    assertNull(performers.present().find("ann"));
    // What hands and files do to one who is away holds when it comes back.
    performers.find("ann").change(PerformerSettings.of(Setting.SENDING, Sending.AUTO));
    Performer back = performers.heard("ann", 11 * SECOND);
    assertNotNull(performers.present().find("ann"));
    assertEquals(
        List.of("cleo", "ann"), performers.present().all().stream().map(Performer::name).toList());
    Place point = back.hear(Frames.frame("ann", 2, Frames.FAST_HIGH));
    assertArrayEquals(new float[] {0.3f, 0.4f}, point.position());
    assertEquals(1, point.noise());
    assertEquals(20, point.rampMs());
    assertEquals(Mode.SELECT, back.mode());
    assertEquals(Sending.AUTO, back.sending());
    assertSame(mapping, back.taught().network());
  }

  @Test
  void thoseAwayAreBoundedAndWhatIsOnDiskBringsTheOthersBack() {
    Performers performers = new Performers(1, PLAYING);
    performers.greet(p -> p.restore(PerformerSettings.of(Setting.MODE, Mode.SELECT)));
    for (int i = 0; i <= Performers.MOST_AWAY + 1; i++) {
      performers
          .heard("p" + i, i * 10 * SECOND)
          .change(PerformerSettings.of(Setting.MODE, Mode.PREDICT));
    }
    assertNull(performers.find("p0"));
    assertEquals(Mode.PREDICT, performers.find("p1").mode());
    long later = 1000 * SECOND;
    assertEquals(Mode.SELECT, performers.heard("p0", later).mode());
  }

  @Test
  void performersShareNothing() throws ModelFault {
    Performers performers = new Performers(2, PLAYING);
    Performer one = performers.heard("one", 0);
    Performer two = performers.heard("two", 0);
    Frame frame = Frames.frame("two", 1, Frames.FAST_WIDE);
    float before = two.hear(frame).x();
    one.change(
        PerformerSettings.of(Setting.MODE, Mode.SELECT).with(Setting.SENDING, Sending.MANUAL));
    one.put(new Place(new float[] {0, 0}, 0, 0, Mode.SELECT));
    one.follow(corner());
    assertEquals(before, two.hear(frame).x());
    assertEquals(Mode.PREDICT, two.mode());
    assertEquals(Sending.AUTO, two.sending());
    assertEquals(0.5f, two.hand().x());
  }

  private static MappingNetwork corner() {
    return inputs(10);
  }

  private static MappingNetwork inputs(int inputs) {
    return new MappingNetwork(
        List.of(
            new MappingLayer(
                ActivationFunction.IDENTITY, new double[inputs][2], new double[] {1, 1})));
  }

  private static MappingNetwork firstSteps() {
    try {
      return Mappings.load(Mappings.FIRST_STEPS, 10);
    } catch (ModelFault e) {
      throw new AssertionError(e);
    }
  }
}
